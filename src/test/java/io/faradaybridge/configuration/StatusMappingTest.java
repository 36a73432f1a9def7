package io.faradaybridge.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMappingTest {

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "Done, Done, closed",
        "Done, ' dONE ', closed",
        "' Done', Done, closed",
        "ERLEDIGT, erledigt, closed",
        "Done, Doing,",
    })
    void finds_what_a_jira_status_means_ignoring_case_and_outer_blanks(
            String configured, String asked, String expected) {
        StatusMapping mapping = read("{\"incoming\": {\"" + configured + "\": \"Closed\"}}");

        assertThat(mapping.in(JiraStatus.named(asked)).map(FaradayStatus::stored))
                .isEqualTo(java.util.Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "Risk Accepted, risk-accepted",
        "risk-accepted, risk-accepted",
        "Risk-Accepted, risk-accepted",
        "RISK_ACCEPTED, risk-accepted",
        "Re-Opened, re-opened",
        "re opened, re-opened",
        "opened, open",
        "closed, closed",
    })
    void accepts_faradays_labels_and_stored_values_on_both_ways(String label, String stored) {
        StatusMapping mapping =
                read("{\"incoming\": {\"Done\": \"" + label + "\"}, \"outgoing\": {\"" + label + "\": \"Done\"}}");

        assertThat(mapping.in(JiraStatus.named("Done"))).contains(FaradayStatus.of(stored));
        assertThat(mapping.out(FaradayStatus.of(stored))).contains(JiraStatus.named("Done"));
        assertThat(problems).isEmpty();
    }

    @Test
    void takes_the_id_of_a_jira_status_where_one_is_stored() {
        StatusMapping mapping = read("{\"outgoing\": {\"Closed\": {\"id\": 10001, \"name\": \"Done\"}}}");

        assertThat(mapping.out(FaradayStatus.CLOSED)).contains(new JiraStatus("10001", "Done"));
    }

    @Test
    void takes_ids_that_stand_beside_the_names_and_holds_by_them_after_a_renaming() {
        StatusMapping mapping = read("""
                {"incoming": {"Done": "closed", "To Do": "open"}, "outgoing": {"closed": "done"},
                 "status_ids": {"Done": "10001"}}""");

        assertThat(mapping.out(FaradayStatus.CLOSED)).contains(new JiraStatus("10001", "done"));
        assertThat(mapping.in(new JiraStatus("10001", "Fertig"))).contains(FaradayStatus.CLOSED);
        assertThat(mapping.in(new JiraStatus("10500", "Done"))).contains(FaradayStatus.CLOSED);
        assertThat(mapping.in(new JiraStatus("10500", "Fertig"))).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void an_id_whose_name_somebody_took_out_of_the_mapping_counts_no_more() {
        StatusMapping mapping = read("{\"incoming\": {\"Closed\": \"closed\"}, \"status_ids\": {\"Done\": \"10001\"}}");

        assertThat(mapping.in(new JiraStatus("10001", "Done"))).isEmpty();
    }

    @Test
    void takes_an_empty_value_as_not_mapped() {
        StatusMapping mapping = read(
                "{\"incoming\": {\"Done\": \"\", \"New\": null}, \"outgoing\": {\"Closed\": \" \", \"Open\": {}}}");

        assertThat(mapping).isEqualTo(StatusMapping.NONE);
        assertThat(problems).isEmpty();
    }

    @Test
    void says_which_two_names_mean_one_status_and_keeps_the_first() {
        StatusMapping mapping = read("""
                {"incoming": {"Done": "closed", "done ": "open"},
                 "outgoing": {"Risk Accepted": "Done", "risk_accepted": "To Do"}}
                """);

        assertThat(problems)
                .containsExactly(
                        "incoming mapping names one Jira status twice, as 'Done' and 'done '; only 'Done' is used, remove one",
                        "outgoing mapping names one Faraday status twice, as 'Risk Accepted' and 'risk_accepted';"
                                + " only 'Risk Accepted' is used, remove one");
        assertThat(mapping.in(JiraStatus.named("DONE"))).contains(FaradayStatus.CLOSED);
        assertThat(mapping.out(FaradayStatus.RISK_ACCEPTED)).contains(JiraStatus.named("Done"));
    }

    @Test
    void keeps_two_statuses_apart_whose_names_differ_in_case_only() {
        StatusMapping mapping = read("""
            {"incoming": {"Done": "closed", "DONE": "risk-accepted", "done ": "open"},
             "outgoing": {"closed": "Done", "risk-accepted": "DONE"},
             "status_ids": {"Done": "6", "DONE": "7"}}
            """);

        assertThat(problems).singleElement().asString().contains("names one Jira status twice");
        assertThat(mapping.in(new JiraStatus("6", "Done"))).contains(FaradayStatus.CLOSED);
        assertThat(mapping.in(new JiraStatus("7", "DONE"))).contains(FaradayStatus.RISK_ACCEPTED);
        assertThat(mapping.out(FaradayStatus.CLOSED)).contains(new JiraStatus("6", "Done"));
        assertThat(mapping.out(FaradayStatus.RISK_ACCEPTED)).contains(new JiraStatus("7", "DONE"));
    }

    @Test
    void says_what_it_could_not_understand_and_reads_the_rest() {
        StatusMapping mapping = read("""
                {"incoming": {"Done": "fixed", "Backlog": ["open"], "To Do": "Open"},
                 "outgoing": {"Fixed": "Done", "Open": {"id": "1"}, "Closed": "Done"}}
                """);

        assertThat(problems).hasSize(4).anySatisfy(problem -> assertThat(problem)
                .isEqualTo("incoming mapping of Jira's 'Done': 'fixed' is not a Faraday status;"
                        + " use open, closed, re-opened or risk-accepted"));
        assertThat(mapping.in(JiraStatus.named("To Do"))).contains(FaradayStatus.OPEN);
        assertThat(mapping.out(FaradayStatus.CLOSED)).contains(JiraStatus.named("Done"));
    }

    private StatusMapping read(String json) {
        try {
            return StatusMapping.read(new ObjectMapper().readTree(json), problems::add);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
