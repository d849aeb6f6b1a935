package dev.naru.identity.person;

import dev.naru.common.person.PersonKey;
import java.time.Instant;

/// A person's data as it is stored.
///
/// @param sealed opened by [People] alone
/// @param keepUntil then it is deleted, unless another campaign needs it longer
@SuppressWarnings("ArrayRecordComponent") // never compared, only written
public record SealedPerson(PersonKey person, byte[] sealed, Instant keepUntil) {}
