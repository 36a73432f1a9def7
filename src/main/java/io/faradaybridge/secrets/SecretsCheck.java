package io.faradaybridge.secrets;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Reports at start which stored secrets cannot be decrypted, before the first call of Jira fails. */
@Component
class SecretsCheck {

    private static final Logger log = LoggerFactory.getLogger(SecretsCheck.class);

    private final Secrets secrets;

    SecretsCheck(Secrets secrets) {
        this.secrets = secrets;
    }

    @EventListener(ApplicationReadyEvent.class)
    void check() {
        try {
            List<String> unreadable = secrets.unreadable();
            if (!unreadable.isEmpty()) {
                log.error(
                        "Stored secrets cannot be decrypted: {}. Set the key that they were stored with as"
                                + " bridge.secrets.key or bridge.secrets.previous-key, the same for all replicas, or"
                                + " store them again",
                        unreadable);
            }
        } catch (DataAccessException noDatabase) {
            log.debug("The stored secrets were not checked, since the database is away");
        }
    }
}
