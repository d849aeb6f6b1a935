package dev.naru.identity.person;

import dev.naru.common.person.PersonKey;

/// A person's data as it is stored.
///
/// @param sealed opened by [People] alone
@SuppressWarnings("ArrayRecordComponent") // never compared, only written
public record SealedPerson(PersonKey person, byte[] sealed) {}
