package io.faradaybridge.export.inbox;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.export.ExportReservation;
import io.faradaybridge.export.ExportReservation.Refusal;
import io.faradaybridge.export.ExportRoutes;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.inbox.InboxAction;
import io.faradaybridge.inbox.InboxEffects;
import io.faradaybridge.inbox.InboxKind;
import io.faradaybridge.inbox.InboxList;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Vulnerabilities without an issue whose newest export was refused, in the inbox, until a user deals with them. */
@Component
class RefusedItemList implements InboxList {

    private static final String ROWS = """
        SELECT i.id, i.updated_at AS at, NULL::text AS code, coalesce(i.reason, 'the reason was not recorded') AS cause,
               i.project_key AS project, NULL::text AS issue_key, i.vulnerability_id,
               faraday_bridge.cause_group(concat_ws(' ', i.project_key, i.reason)) AS "group",
               jsonb_build_object('export', i.batch_id::text, 'issue_type', i.issue_type) AS facts
          FROM faraday_bridge.export_item i JOIN vulnerability v ON v.id = i.vulnerability_id
         WHERE i.state = 'refused' AND i.linked_to IS NULL AND NOT i.set_aside AND btrim(v.issuetracker) = ''
           AND NOT EXISTS (SELECT FROM faraday_bridge.export_item n
                            WHERE n.vulnerability_id = i.vulnerability_id AND n.id > i.id)
           AND (:everywhere OR v.workspace_id = ANY (:workspaces))""";

    private final JdbcClient jdbc;
    private final ExportReservation reservation;
    private final Vulnerabilities vulnerabilities;
    private final Activity activity;
    private final TransactionOperations transaction;
    private final ProducerTemplate camel;

    RefusedItemList(
            JdbcClient jdbc,
            ExportReservation reservation,
            Vulnerabilities vulnerabilities,
            Activity activity,
            TransactionOperations transaction,
            ProducerTemplate camel) {
        this.jdbc = jdbc;
        this.reservation = reservation;
        this.vulnerabilities = vulnerabilities;
        this.activity = activity;
        this.transaction = transaction;
        this.camel = camel;
    }

    private record Target(String project, String issueType) {}

    private record Item(long id, int vulnerabilityId, Target target, String reason, String correlationId) {}

    @Override
    public InboxKind kind() {
        return InboxKind.REFUSED;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public List<String> facts() {
        return List.of("export", "issue_type");
    }

    @Override
    public InboxEffects act(InboxAction action, List<Long> ids, FaradayUser user, boolean confirmed) {
        InboxEffects effects = Objects.requireNonNull(transaction.execute(status -> {
            List<Item> items = lock(ids);
            return action == InboxAction.DISCARD ? discard(items, user, confirmed) : sendAgain(items, user, confirmed);
        }));
        if (confirmed && action == InboxAction.SEND_AGAIN) {
            camel.sendBody(ExportRoutes.WAKE, "");
        }
        return effects;
    }

    /** What would only be refused again for the same reason stays in the list. */
    private InboxEffects sendAgain(List<Item> items, FaradayUser user, boolean confirmed) {
        InboxEffects effects = new InboxEffects();
        Map<Integer, VulnerabilityState> found = vulnerabilities.findById(
                items.stream().map(Item::vulnerabilityId).toList());
        Map<Integer, Refusal> refusals = reservation.refusals(found.values());
        Map<Target, Optional<String>> hindrances = new LinkedHashMap<>();
        Map<Target, List<Item>> possible = new LinkedHashMap<>();
        for (Item item : items) {
            Target target = item.target();
            Optional<String> hindrance =
                    hindrances.computeIfAbsent(target, to -> reservation.hindrance(to.project(), to.issueType()));
            Refusal refusal = refusals.get(item.vulnerabilityId());
            if (!found.containsKey(item.vulnerabilityId())) {
                effects.leaves("the vulnerability does not exist any more", 1);
            } else if (hindrance.isPresent()) {
                effects.leaves(hindrance.get(), 1);
            } else if (refusal != null) {
                effects.leaves(refusal.reason(), 1);
            } else {
                possible.computeIfAbsent(target, to -> new ArrayList<>()).add(item);
            }
        }
        possible.forEach((target, some) -> {
            if (confirmed) {
                setAside(some);
                List<Integer> ids = some.stream().map(Item::vulnerabilityId).toList();
                reservation.reserveAgain(ids, target.project(), target.issueType(), user);
            }
            effects.does("sent to " + target.project() + " as " + target.issueType(), some.size());
        });
        return effects;
    }

    private InboxEffects discard(List<Item> items, FaradayUser user, boolean confirmed) {
        if (confirmed) {
            setAside(items);
            activity.recordAll(
                    Outcome.DISCARDED,
                    items.stream()
                            .map(item -> new Activity.Event(
                                    new Activity.Subject(item.correlationId(), item.vulnerabilityId(), null),
                                    "its export to " + item.target().project() + " was refused (" + item.reason()
                                            + "); " + user.username() + " leaves it without an issue",
                                    user.id(),
                                    null))
                            .toList());
        }
        return new InboxEffects().does("left without an issue", items.size());
    }

    private List<Item> lock(List<Long> ids) {
        return jdbc.sql("""
            SELECT i.*, b.correlation_id FROM faraday_bridge.export_item i
              JOIN faraday_bridge.export_batch b ON b.id = i.batch_id
             WHERE i.id = ANY (:ids) AND i.state = 'refused' AND NOT i.set_aside ORDER BY i.id FOR UPDATE OF i""")
                .param("ids", ids.toArray(Long[]::new), Types.ARRAY)
                .query((row, n) -> new Item(
                        row.getLong("id"),
                        row.getInt("vulnerability_id"),
                        new Target(row.getString("project_key"), row.getString("issue_type")),
                        Objects.toString(row.getString("reason"), ""),
                        row.getString("correlation_id")))
                .list();
    }

    private void setAside(List<Item> items) {
        jdbc.sql("UPDATE faraday_bridge.export_item SET set_aside = true WHERE id = ANY (:ids)")
                .param("ids", items.stream().map(Item::id).toArray(Long[]::new), Types.ARRAY)
                .update();
    }
}
