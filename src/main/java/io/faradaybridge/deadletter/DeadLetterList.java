package io.faradaybridge.deadletter;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.inbox.InboxAction;
import io.faradaybridge.inbox.InboxEffects;
import io.faradaybridge.inbox.InboxKind;
import io.faradaybridge.inbox.InboxList;
import io.faradaybridge.web.ErrorAnswers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The dead letters that wait, in the inbox. */
@Component
class DeadLetterList implements InboxList {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterList.class);
    private static final String ROWS = DeadLetterTable.SQL.in("""
        SELECT id, at, cause_group AS "group", origin AS code, cause, NULL::text AS project, NULL::text AS issue_key,
               CASE WHEN cardinality(vulnerability_ids) = 1 THEN vulnerability_ids[1] END AS vulnerability_id,
               jsonb_build_object('queue', origin, 'attempts', attempts::text) AS facts
          FROM faraday_bridge.dead_letter WHERE state = 'waiting' AND {visible}""");

    private final DeadLetterTable table;
    private final DeadLetters letters;

    DeadLetterList(DeadLetterTable table, DeadLetters letters) {
        this.table = table;
        this.letters = letters;
    }

    @Override
    public InboxKind kind() {
        return InboxKind.DEAD_LETTERS;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public List<String> facts() {
        return List.of("queue", "attempts");
    }

    @Override
    public InboxEffects act(InboxAction action, List<Long> ids, FaradayUser user, boolean confirmed) {
        Map<Long, String> waiting = table.waiting(ids);
        if (action == InboxAction.DISCARD) {
            return new InboxEffects()
                    .does(
                            "discarded, and kept as long as the activity",
                            confirmed ? letters.discardAll(waiting.keySet(), user.username()) : waiting.size());
        }
        InboxEffects effects = new InboxEffects();
        Map<String, List<Long>> origins = waiting.keySet().stream().collect(Collectors.groupingBy(waiting::get));
        origins.forEach((origin, some) -> {
            if (DeadLetters.hasWayBack(origin)) {
                effects.does("sent to " + origin + " again", confirmed ? replayed(some, user) : some.size());
            } else {
                effects.leaves(
                        "did not come from a queue that it could be sent to again; read its cause, then discard it",
                        some.size());
            }
        });
        return effects;
    }

    private int replayed(List<Long> ids, FaradayUser user) {
        try {
            return letters.replayAll(ids, user.username());
        } catch (IllegalStateException e) {
            log.warn("Dead letters could not be replayed", e);
            throw ErrorAnswers.unavailable(e.getMessage());
        }
    }
}
