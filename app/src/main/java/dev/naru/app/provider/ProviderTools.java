package dev.naru.app.provider;

import dev.naru.identity.provider.Later;
import dev.naru.identity.provider.remote.Remote;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/// What providers are made with.
///
/// @param random cryptographically strong
/// @param threads may block
public record ProviderTools(
    InstantSource clock,
    RandomGenerator random,
    Later later,
    Remote remote,
    Executor threads,
    DataSource database) {}
