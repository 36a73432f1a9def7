package io.faradaybridge.secrets;

/** A stored secret cannot be decrypted; the message names it and the settings to check, and holds nothing of it. */
public final class SecretUnreadable extends RuntimeException {

    public SecretUnreadable(String message) {
        super(message);
    }
}
