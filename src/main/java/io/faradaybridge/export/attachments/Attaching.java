package io.faradaybridge.export.attachments;

import io.faradaybridge.configuration.IssueAttachments;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.export.attachments.FaradayFiles.Content;
import io.faradaybridge.export.attachments.FaradayFiles.NotRead;
import io.faradaybridge.export.attachments.OwedAttachments.Owed;
import io.faradaybridge.export.attachments.OwedFile.State;
import io.faradaybridge.faraday.VulnerabilityFiles;
import io.faradaybridge.jira.EditRequests;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraFile;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.web.CorrelationId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the files of a vulnerability from Faraday, file by file, and adds it to the new issue. What is sent is saved before the
 * call. If its answer was lost, the files of the issue show whether Jira has it, so that no file is there twice.
 */
@Component
class Attaching {

    private static final int ISSUES_AT_ONCE = 20;
    private static final int MOST_NAMES = 1_000;
    /** What a browser does not run. Other files are passed on as bytes. */
    private static final Pattern PASSED_ALONG = Pattern.compile(
            "image/(png|jpeg|gif|webp|bmp)|text/(plain|csv)|application/(pdf|json|zip|gzip|vnd\\.tcpdump\\.pcap)");

    private static final String ANY_BYTES = "application/octet-stream";

    private final OwedAttachments rows;
    private final VulnerabilityFiles vulnerabilities;
    private final FaradayFiles faraday;
    private final JiraClient jira;
    private final JiraAvailability availability;
    private final AttachmentEnds ends;

    Attaching(
            OwedAttachments rows,
            VulnerabilityFiles vulnerabilities,
            FaradayFiles faraday,
            JiraClient jira,
            JiraAvailability availability,
            AttachmentEnds ends) {
        this.rows = rows;
        this.vulnerabilities = vulnerabilities;
        this.faraday = faraday;
        this.jira = jira;
        this.availability = availability;
        this.ends = ends;
    }

    /** Called by the route. */
    void work() {
        Map<String, ProjectSettings> projects = rows.open();
        for (int i = 0; i < ISSUES_AT_ONCE && !projects.isEmpty() && availability.available(); i++) {
            Optional<Owed> owed = rows.claim(projects.keySet());
            if (owed.isEmpty()) {
                return;
            }
            if (owed.get().ended()) {
                rows.done(owed.get());
            } else {
                attach(
                        owed.get(),
                        Objects.requireNonNull(projects.get(owed.get().projectKey()))
                                .attachments());
            }
        }
    }

    /**
     * The work on one issue.
     *
     * @param files what is known of each file, by name in Faraday
     * @param present the files that the issue has, by name and size, if Jira may have got some already
     */
    private record Turn(Owed owed, IssueAttachments limits, Map<String, OwedFile> files, Set<String> present) {

        boolean concluded(String filename) {
            OwedFile file = files.get(filename);
            return file != null && file.state() != State.SENDING;
        }

        /** The name in Jira, which stays the same in all turns. */
        String name(String filename) {
            OwedFile known = files.get(filename);
            return known != null
                    ? known.name()
                    : AttachmentName.of(
                            filename,
                            files.values().stream().map(OwedFile::name).toList());
        }

        void leaveOut(String filename, String reason) {
            files.put(filename, OwedFile.leftOut(name(filename), reason));
        }
    }

    private void attach(Owed owed, IssueAttachments limits) {
        CorrelationId.begin("attach");
        Turn turn = new Turn(owed, limits, new LinkedHashMap<>(owed.files()), new HashSet<>());
        List<String> filenames = vulnerabilities.names(owed.vulnerabilityId(), MOST_NAMES);
        try {
            if (each(turn, filenames)) {
                ends.done(owed, turn.files());
            }
        } catch (NotRead notNow) {
            later(turn, filenames, String.valueOf(notNow.getMessage()), null);
        } catch (JiraFailure failure) {
            later(turn, filenames, String.valueOf(failure.getMessage()), failure);
        }
    }

    private void later(Turn turn, List<String> filenames, String reason, @Nullable JiraFailure failure) {
        if (ends.later(turn.owed(), reason, failure)) {
            return;
        }
        filenames.stream()
                .filter(filename -> !turn.concluded(filename))
                .forEach(filename -> turn.leaveOut(filename, "given up after many tries: " + reason));
        ends.done(turn.owed(), turn.files());
    }

    /** @return false if the lease is lost, so that another worker does it */
    private boolean each(Turn turn, List<String> filenames) throws NotRead {
        takeNoteOfLostAnswers(turn);
        for (int i = 0; i < filenames.size(); i++) {
            String filename = filenames.get(i);
            if (turn.concluded(filename)) {
                continue;
            }
            if (i >= turn.limits().maxCount()) {
                turn.leaveOut(
                        filename,
                        "the issue gets " + turn.limits().maxCount()
                                + " files at most; raise max_count of the project's attachments, or attach it by hand");
            } else if (!one(turn, filename, filenames)) {
                return false;
            }
        }
        return true;
    }

    private boolean one(Turn turn, String filename, List<String> filenames) throws NotRead {
        Owed owed = turn.owed();
        JiraFile file;
        try {
            Content content =
                    faraday.read(owed.vulnerabilityId(), filename, turn.limits().maxBytes());
            file = new JiraFile(
                    turn.name(filename),
                    contentType(content.contentType()),
                    content.bytes().content());
        } catch (NotRead notRead) {
            if (!notRead.forGood()) {
                throw notRead;
            }
            turn.leaveOut(filename, String.valueOf(notRead.getMessage()));
            return rows.save(owed, turn.files());
        }
        if (turn.present().contains(key(file.name(), file.size()))) {
            // sent by a bridge whose rows a restore has taken back
            turn.files()
                    .put(filename, OwedFile.sending(file.name(), file.size()).attached());
            return rows.save(owed, turn.files());
        }
        turn.files().put(filename, OwedFile.sending(file.name(), file.size()));
        if (!rows.save(owed, turn.files())) {
            return false;
        }
        try {
            jira.send(EditRequests.attach(owed.issueId(), owed.issueKey(), file));
            turn.files()
                    .put(filename, OwedFile.sending(file.name(), file.size()).attached());
        } catch (JiraFailure failure) {
            if (!failure.refusedOrGone()) {
                throw failure;
            }
            refused(turn, filename, filenames, failure);
        }
        return rows.save(owed, turn.files());
    }

    private void refused(Turn turn, String filename, List<String> filenames, JiraFailure failure) {
        String said = String.valueOf(failure.getMessage());
        switch (failure.status()) {
            case 401, 403 ->
                filenames.stream()
                        .filter(other -> !turn.concluded(other))
                        .forEach(other -> turn.leaveOut(
                                other,
                                said
                                        + "; give the bridge's account the permission Create Attachments in the project, and"
                                        + " allow attachments in Jira's settings"));
            case 404, 410 -> {
                boolean hidden = hidden(turn);
                filenames.stream()
                        .filter(other -> hidden ? !turn.concluded(other) : other.equals(filename))
                        .forEach(other ->
                                turn.leaveOut(other, hidden ? said : "Jira did not take it (" + tooLarge() + ")"));
            }
            case 413 -> turn.leaveOut(filename, "Jira did not take it (" + tooLarge() + ")");
            default -> turn.leaveOut(filename, said);
        }
    }

    private static String tooLarge() {
        return "it is probably larger than Jira allows; raise the limit in Jira's attachment settings, or attach it by hand";
    }

    /** Data Center answers 404 to a file that is too large, as to an issue that is hidden. */
    private boolean hidden(Turn turn) {
        try {
            present(turn);
            return false;
        } catch (JiraFailure failure) {
            if (failure.kind() == Kind.GONE) {
                return true;
            }
            throw failure;
        }
    }

    private void takeNoteOfLostAnswers(Turn turn) {
        if (turn.owed().attempts() == 0
                && turn.files().values().stream().noneMatch(file -> file.state() == State.SENDING)) {
            return;
        }
        turn.present().addAll(present(turn));
        turn.files()
                .replaceAll((filename, file) ->
                        file.state() == State.SENDING && turn.present().contains(key(file.name(), file.size()))
                                ? file.attached()
                                : file);
    }

    /** The files that the issue has, by name and size. */
    private Set<String> present(Turn turn) {
        Owed owed = turn.owed();
        Set<String> present = new HashSet<>();
        jira.send(EditRequests.attachments(owed.issueId(), owed.issueKey()))
                .body()
                .path("fields")
                .path("attachment")
                .forEach(file -> present.add(
                        key(file.path("filename").asText(), file.path("size").asLong())));
        return present;
    }

    private static String key(String name, long size) {
        return size + " " + name;
    }

    private static String contentType(String given) {
        String type = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return PASSED_ALONG.matcher(type).matches() ? type : ANY_BYTES;
    }
}
