package io.faradaybridge.secrets;

/** A stored secret cannot be decrypted. The message names the secret and the settings to check, but never its value. */
public final class SecretUnreadable extends RuntimeException {

    public SecretUnreadable(String message) {
        super(message);
    }
}
