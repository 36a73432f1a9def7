package io.faradaybridge.export.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.sandbox.BridgeWorld;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the history of an issue tells of one of its fields. */
class FieldHistoryTest {

    private static final CreateMetaField SUMMARY = field("summary", "Summary");
    private static final CreateMetaField TEAM = field("customfield_10001", "Team");

    private static CreateMetaField field(String id, String name) {
        return new CreateMetaField(id, name, false, false, "string", "", "", "", List.of());
    }

    private static FieldHistory history(int total, String... entries) {
        return FieldHistory.of(BridgeWorld.json(
                ("{`changelog`: {`total`: " + total + ", `histories`: [" + String.join(", ", List.of(entries)) + "]}}")
                        .replace('`', '"')));
    }

    private static String entry(int id, String author, String item) {
        return "{`id`: `" + id + "`, `author`: {`name`: `" + author + "`, `accountId`: `" + author + "`}, `items`: ["
                + item + "]}";
    }

    @Test
    void a_field_that_no_entry_names_is_as_created() {
        FieldHistory history = history(1, entry(7, "jdoe", "{`field`: `status`, `fieldId`: `status`}"));

        assertThat(history.isAsCreated(SUMMARY)).isTrue();
        assertThat(history.lastAuthor(SUMMARY)).isEmpty();
    }

    @Test
    void a_field_is_known_by_its_id_or_where_jira_gives_none_by_its_name() {
        FieldHistory history = history(
                2,
                entry(7, "jdoe", "{`field`: `team`}"),
                entry(8, "asmith", "{`field`: `Another name`, `fieldId`: `summary`}"));

        assertThat(history.isAsCreated(TEAM)).isFalse();
        assertThat(history.lastAuthor(TEAM)).contains("jdoe");
        assertThat(history.lastAuthor(SUMMARY)).contains("asmith");
    }

    @Test
    void the_newest_entry_counts_in_whichever_order_jira_lists_them() {
        String old = entry(99, "jdoe", "{`field`: `summary`}");
        String young = entry(100, "asmith", "{`field`: `status`}, {`field`: `summary`}");

        assertThat(history(2, old, young).lastAuthor(SUMMARY)).contains("asmith");
        assertThat(history(2, young, old).lastAuthor(SUMMARY)).contains("asmith");
    }

    @Test
    void a_history_whose_oldest_part_is_left_out_proves_nothing() {
        assertThat(history(101, entry(7, "jdoe", "{`field`: `status`}")).isAsCreated(SUMMARY))
                .isFalse();
        assertThat(FieldHistory.of(BridgeWorld.json("{}")).isAsCreated(SUMMARY)).isFalse();
    }
}
