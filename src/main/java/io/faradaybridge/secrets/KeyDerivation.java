package io.faradaybridge.secrets;

/**
 * What all replicas know and nobody else: keys for a purpose, drawn from the one key of the service
 * ({@code bridge.secrets.key}), so that what one replica signed another can check.
 */
public interface KeyDerivation {

    /** @param purpose a name of its own for each use, so that no signature can stand for another */
    byte[] derived(String purpose);
}
