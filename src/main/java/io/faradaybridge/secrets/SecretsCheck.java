package io.faradaybridge.secrets;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Says at start which stored secrets the keys do not fit, before the first call of Jira finds out. */
@Component
class SecretsCheck {

    private static final Logger log = LoggerFactory.getLogger(SecretsCheck.class);

    private final Secrets secrets;

    SecretsCheck(Secrets secrets) {
        this.secrets = secrets;
    }

    @EventListener(ApplicationReadyEvent.class)
    void look() {
        try {
            List<String> unreadable = secrets.unreadable();
            if (!unreadable.isEmpty()) {
                log.error(
                        "Stored secrets cannot be decrypted: {}. Give the key they were stored with in bridge.secrets.key or"
                                + " bridge.secrets.previous-key, the same to all replicas, or store them anew",
                        unreadable);
            }
        } catch (DataAccessException noDatabase) {
            log.debug("The stored secrets were not checked, since the database is away");
        }
    }
}
