package io.faradaybridge.connection;

import io.faradaybridge.secrets.SecretUnreadable;
import io.faradaybridge.secrets.Secrets;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The credentials that were given to the bridge: one at a time, the last one that somebody put or authorised. */
@Component
class CredentialStore {

    private final Secrets secrets;

    CredentialStore(Secrets secrets) {
        this.secrets = secrets;
    }

    /** @throws SecretUnreadable naming the settings to check */
    Optional<StoredCredentials> find() {
        return secrets.find(Secrets.CREDENTIALS).map(StoredCredentials::read);
    }

    /** The same; nobody else changes them until the caller's transaction ends. */
    Optional<StoredCredentials> lock() {
        return secrets.findLocked(Secrets.CREDENTIALS).map(StoredCredentials::read);
    }

    boolean exists() {
        return secrets.has(Secrets.CREDENTIALS);
    }

    void save(StoredCredentials credentials) {
        secrets.save(Secrets.CREDENTIALS, credentials.json());
    }

    void remove() {
        secrets.remove(Secrets.CREDENTIALS);
    }
}
