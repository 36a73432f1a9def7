package io.faradaybridge.secrets;

/**
 * Derives a key for each purpose from the one key of the service ({@code bridge.secrets.key}). All replicas derive the
 * same keys, so that one can check what another has signed.
 */
public interface KeyDerivation {

    /** @param purpose a different name for each use, so that a signature cannot be used for another purpose */
    byte[] derived(String purpose);
}
