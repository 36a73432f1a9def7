package io.faradaybridge.activity;

import io.faradaybridge.jira.client.JiraAvailability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Writes two rows for an outage of Jira, however many changes wait meanwhile. */
@Component
class JiraOutages {

    private static final Logger log = LoggerFactory.getLogger(JiraOutages.class);
    private static final String CORRELATION = "jira-availability";

    private final Activity activity;

    JiraOutages(Activity activity) {
        this.activity = activity;
    }

    @EventListener
    void changed(JiraAvailability.Changed jira) {
        Outcome outcome = jira.available() ? Outcome.BACK : Outcome.AWAY;
        String detail = jira.available()
                ? "Jira can be worked with again; waiting work goes on"
                : "Jira cannot be worked with, all work waits and goes on by itself: " + jira.reason();
        record(outcome, detail);
    }

    @EventListener
    void readOnly(JiraAvailability.ReadOnly jira) {
        record(
                jira.began() ? Outcome.AWAY : Outcome.BACK,
                jira.began()
                        ? "Jira is read-only; changes to it wait and go on by themselves: " + jira.reason()
                        : "Jira takes changes again; waiting work goes on");
    }

    private void record(Outcome outcome, String detail) {
        try {
            activity.record(outcome, CORRELATION, null, null, detail, null);
        } catch (DataAccessException noDatabase) {
            log.warn("{} ({}: not written to the activity, since the database is away)", detail, outcome);
        }
    }
}
