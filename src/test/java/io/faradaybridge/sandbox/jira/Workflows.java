package io.faradaybridge.sandbox.jira;

import io.faradaybridge.sandbox.jira.Status.Category;
import java.util.List;

/** The three ways of working: free with a review, strict, and one whose "Done" is not the end. */
final class Workflows {

    static final Status TO_DO = new Status("10000", "To Do", Category.NEW);
    static final Status IN_PROGRESS = new Status("3", "In Progress", Category.INDETERMINATE);
    static final Status IN_REVIEW = new Status("10100", "In Review", Category.INDETERMINATE);
    static final Status DONE = new Status("10001", "Done", Category.DONE);
    static final Status OPEN = new Status("1", "Open", Category.NEW);
    static final Status WORK_IN_PROGRESS = new Status("10200", "Work in progress", Category.INDETERMINATE);
    static final Status DONE_BUT_NOT_OVER = new Status("10201", "Done", Category.INDETERMINATE);
    static final Status CLOSED = new Status("6", "Closed", Category.DONE);

    private Workflows() {}

    /** Done is reached from anywhere by two transitions, and the first one offered demands a resolution. */
    static Workflow reviewed(Field resolution) {
        List<Status> undone = List.of(TO_DO, IN_PROGRESS, IN_REVIEW);
        return Workflow.with(TO_DO, IN_PROGRESS, IN_REVIEW, DONE)
                .from(TO_DO, "11", "Start work", IN_PROGRESS)
                .from(IN_PROGRESS, "21", "Ask for review", IN_REVIEW)
                .from(IN_PROGRESS, "22", "Stop work", TO_DO)
                .from(IN_REVIEW, "31", "Send back", IN_PROGRESS)
                .from(undone, "41", "Resolve with reason", DONE, resolution.mandatory())
                .from(undone, "42", "Finish", DONE)
                .from(DONE, "51", "Reopen", TO_DO)
                .from(DONE, "52", "Resume work", IN_PROGRESS)
                .done();
    }

    /** Step by step only, and nothing leads away from Done. @param screen of the transition to Done */
    static Workflow strict(Field... screen) {
        return Workflow.with(TO_DO, IN_PROGRESS, IN_REVIEW, DONE)
                .from(TO_DO, "11", "Begin", IN_PROGRESS)
                .from(IN_PROGRESS, "21", "Hand over", IN_REVIEW)
                .from(IN_PROGRESS, "22", "Put back", TO_DO)
                .from(IN_REVIEW, "31", "Reject", IN_PROGRESS)
                .from(IN_REVIEW, "32", "Approve", DONE, screen)
                .done();
    }

    /** Its "Done" has another id than elsewhere and counts as in progress; Closed is the end, with an optional screen. */
    static Workflow operations(Field resolution) {
        return Workflow.with(OPEN, WORK_IN_PROGRESS, DONE_BUT_NOT_OVER, CLOSED)
                .from(OPEN, "701", "Accept", WORK_IN_PROGRESS)
                .from(WORK_IN_PROGRESS, "711", "Deliver", DONE_BUT_NOT_OVER)
                .from(List.of(OPEN, WORK_IN_PROGRESS, DONE_BUT_NOT_OVER), "721", "Close", CLOSED, resolution)
                .from(List.of(CLOSED, DONE_BUT_NOT_OVER), "731", "Open again", OPEN)
                .done();
    }

    /** Two statuses with names of any kind. */
    static Workflow named(String first, String last) {
        Status begun = new Status("60200", first, Category.NEW);
        Status over = new Status("60201", last, Category.DONE);
        return Workflow.with(begun, over)
                .from(begun, "11", first, over)
                .from(over, "21", last, begun)
                .done();
    }

    /** The names that every project has, but ids of its own; from anywhere to anywhere, as team-managed projects begin. */
    static Workflow teamManaged() {
        Status toDo = new Status("60100", "To Do", Category.NEW);
        Status inProgress = new Status("60101", "In Progress", Category.INDETERMINATE);
        Status done = new Status("60102", "Done", Category.DONE);
        List<Status> all = List.of(toDo, inProgress, done);
        return Workflow.with(toDo, inProgress, done)
                .from(all, "11", "To Do", toDo)
                .from(all, "21", "In Progress", inProgress)
                .from(all, "31", "Done", done)
                .done();
    }
}
