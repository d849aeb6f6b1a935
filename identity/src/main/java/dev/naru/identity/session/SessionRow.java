package dev.naru.identity.session;

import java.util.UUID;

/// A session as it is stored. Times in epoch seconds.
///
/// @param lease in seconds
/// @param expires when its last paper runs out
record SessionRow(UUID session, UUID device, int lease, long leaseUntil, long expires) {}
