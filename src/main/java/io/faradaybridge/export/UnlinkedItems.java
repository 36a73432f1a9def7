package io.faradaybridge.export;

import io.faradaybridge.link.LinkEnded;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A link that ended makes room for a new export of its vulnerability (E1), in the same transaction. */
@Component
class UnlinkedItems {

    private final JdbcClient jdbc;

    UnlinkedItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void ended(LinkEnded link) {
        jdbc.sql("""
                        UPDATE faraday_bridge.export_item SET state = 'unlinked', reason = :reason, updated_at = now()
                         WHERE vulnerability_id = :v AND state = 'linked'""")
                .param("reason", link.reason())
                .param("v", link.vulnerabilityId())
                .update();
    }
}
