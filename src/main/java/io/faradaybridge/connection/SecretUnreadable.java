package io.faradaybridge.connection;

/** A stored secret cannot be decrypted; the message names it and the settings to check, and holds nothing of it. */
final class SecretUnreadable extends RuntimeException {

    SecretUnreadable(String message) {
        super(message);
    }
}
