package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code POST /issue/{issue}/attachments}, by Atlassian's documents: multipart, the part is called {@code file}, and without the
 * header against forged requests it is blocked. A file that is too large is 413 on Cloud and 404 on Data Center; without the permission,
 * or where attachments are off, it is 403.
 */
final class AttachmentResource {

    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]+)\"?.*");
    private static final Pattern DISPOSITION =
            Pattern.compile("(?i)Content-Disposition: form-data; name=\"([^\"]*)\"; filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?i)Content-Type: (\\S+)");

    private final Site site;
    private final Catalogue catalogue;
    private final People people;
    private final IssueStore store;
    private final IssueResource issues;
    private final Permissions permissions;
    private final AtomicLong lastId = new AtomicLong(30_000);
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private volatile boolean enabled = true;
    private volatile int limit = Integer.MAX_VALUE;

    AttachmentResource(
            Site site,
            Catalogue catalogue,
            People people,
            IssueStore store,
            IssueResource issues,
            Permissions permissions) {
        this.site = site;
        this.catalogue = catalogue;
        this.people = people;
        this.store = store;
        this.issues = issues;
        this.permissions = permissions;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/issue/{issue}/attachments", this::attach);
    }

    void set(boolean on, int largest) {
        enabled = on;
        limit = largest;
    }

    byte[] content(String id) {
        return contents.get(id);
    }

    private record Part(String field, String filename, String type, ByteBuffer content) {}

    private Answer attach(Call call) {
        if (!call.request().header("X-Atlassian-Token").orElse("").equals("no-check")) {
            throw new Refusal(Answer.text(403, "text/html", "XSRF check failed"));
        }
        SandboxIssue issue = issues.visible(call);
        Person author = call.caller().required();
        Project project = catalogue.project(issue.project()).orElseThrow();
        if (!enabled || !permissions.has(call.caller(), Permission.ATTACH, project)) {
            throw Refusal.of(403, "You do not have permission to create attachments for this issue.");
        }
        List<Part> files = parts(call.request()).stream()
                .filter(part -> part.field().equals("file"))
                .toList();
        if (files.stream().anyMatch(file -> file.content().capacity() > limit)) {
            throw Refusal.of(site.isCloud() ? 413 : 404, "The attachment is larger than " + limit + " bytes.");
        }
        List<ObjectNode> added = new ArrayList<>();
        for (Part file : files) {
            String id = String.valueOf(lastId.incrementAndGet());
            contents.put(id, file.content().array());
            added.add(Json.object(
                    "self", site.self("attachment/" + id),
                    "id", id,
                    "filename", file.filename(),
                    "author", people.named(author.name()).json(site),
                    "created", Site.timestamp(site.clock().instant()),
                    "size", file.content().capacity(),
                    "mimeType", file.type(),
                    "content", site.self("attachment/content/" + id)));
        }
        added.forEach(json -> store.attach(issue, json, author.name()));
        return Answer.json(200, Json.array(added));
    }

    private static List<Part> parts(RawRequest request) {
        Matcher boundary = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
        if (!boundary.matches()) {
            throw Refusal.ofFramework(415, "Unsupported Media Type");
        }
        // ISO-8859-1 keeps every byte as a character
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        String[] sections = ("\r\n" + body).split(Pattern.quote("\r\n--" + boundary.group(1)));
        for (int i = 1; i < sections.length && !sections[i].startsWith("--"); i++) {
            int end = sections[i].indexOf("\r\n\r\n");
            String head = new String(
                    sections[i].substring(0, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            Matcher disposition = DISPOSITION.matcher(head);
            Matcher type = TYPE.matcher(head);
            if (disposition.find()) {
                parts.add(new Part(
                        disposition.group(1),
                        disposition.group(2),
                        type.find() ? type.group(1) : "application/octet-stream",
                        ByteBuffer.wrap(sections[i].substring(end + 4).getBytes(StandardCharsets.ISO_8859_1))));
            }
        }
        return parts;
    }

    static List<JsonNode> of(SandboxIssue issue) {
        List<JsonNode> attachments = new ArrayList<>();
        if (issue.fields().containsKey("attachment")) {
            issue.fields().get("attachment").forEach(attachments::add);
        }
        return attachments;
    }
}
