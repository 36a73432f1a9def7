package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Project.IssueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The site's configuration: projects, issue types, create screens, priorities. */
final class Catalogue {

    static final IssueType BUG = new IssueType("10004", "Bug");
    static final IssueType TASK = new IssueType("10002", "Task");
    static final IssueType STORY = new IssueType("10001", "Story");

    private final Site site;
    private final List<ObjectNode> priorities;
    private final Field resolution;
    private final List<Project> projects;

    Catalogue(Site site) {
        this.site = site;
        priorities = Stream.of("1 Highest", "2 High", "3 Medium", "4 Low", "5 Lowest")
                .map(line -> reference("priority", line.substring(0, 1), line.substring(2)))
                .toList();
        resolution = Field.system(
                "resolution",
                "Resolution",
                "resolution",
                reference("resolution", "10000", "Done"),
                reference("resolution", "10001", "Won't Do"),
                reference("resolution", "10002", "Duplicate"));
        projects = new CopyOnWriteArrayList<>(List.of(
                new Project("10000", "SEC", "Security findings", Workflows.reviewed(resolution), security(resolution)),
                new Project("10001", "WEB", "Web shop", Workflows.strict(), plain()),
                new Project("10002", "OPS", "Operations", Workflows.operations(resolution), operations())));
    }

    /** A site of a large company: {@code P00001} and so on. */
    void addProjects(int count) {
        projects.addAll(IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Project(
                        Integer.toString(20_000 + number),
                        String.format("P%05d", number),
                        "Product " + number,
                        Workflows.strict(),
                        plain()))
                .toList());
    }

    /** A project whose bugs have one more field of each of these. */
    void addProject(String key, List<Field> more) {
        List<Field> bug = new ArrayList<>(basics());
        bug.addAll(more);
        String id = Integer.toString(19_000 + projects.size());
        projects.add(new Project(id, key, "Project " + key, Workflows.strict(), Map.of(BUG, framed(id, key, bug))));
    }

    void addStrictProject(String key) {
        String id = Integer.toString(19_000 + projects.size());
        projects.add(new Project(
                id,
                key,
                "Strictly " + key,
                Workflows.strict(resolution.mandatory(), Field.system("comment", "Comment", "comments-page")),
                Map.of(BUG, framed(id, key, basics()))));
    }

    void addTeamManagedProject(String key) {
        String id = Integer.toString(19_000 + projects.size());
        List<Field> bug = List.of(
                Field.system("summary", "Summary", "string").mandatory(),
                Field.system("description", "Description", "string"),
                Field.systemList("labels", "Labels", "string"),
                Field.custom(
                        60_001, "Severity", "option", "select", option("60101", "Critical"), option("60102", "Low")));
        Map<IssueType, List<Field>> screens = new LinkedHashMap<>();
        screens.put(new IssueType("60004", "Bug"), framed(id, key, bug));
        screens.put(new IssueType("60002", "Task"), framed(id, key, bug.subList(0, 3)));
        projects.add(new Project(id, key, "Project " + key, Workflows.teamManaged(), screens, Set.of(), true));
    }

    private ObjectNode option(String id, String value) {
        return Json.object("self", site.self("customFieldOption/" + id), "value", value, "id", id);
    }

    /** Its issue type, a field with its values, and its statuses are all called the same, as far as Jira allows. */
    void addProjectNamed(String key, String name, String others) {
        String id = Integer.toString(19_000 + projects.size());
        Field field = Field.custom(41_001, others, "option", "select", option("41101", others), option("41102", name));
        Map<IssueType, List<Field>> screens = new LinkedHashMap<>();
        screens.put(
                new IssueType("10905", others),
                framed(
                        id,
                        key,
                        Stream.concat(basics().stream(), Stream.of(field.mandatory()))
                                .toList()));
        projects.add(new Project(id, key, name, Workflows.named(others, name), screens));
    }

    void addProjectWithTwinTypes(String key) {
        String id = Integer.toString(19_000 + projects.size());
        Map<IssueType, List<Field>> screens = new LinkedHashMap<>();
        screens.put(BUG, framed(id, key, basics()));
        screens.put(new IssueType("10904", "Bug"), framed(id, key, basics()));
        projects.add(new Project(id, key, "Project " + key, Workflows.strict(), screens));
    }

    void takeOffScreen(String key, String fieldName) {
        projects.replaceAll(project -> project.isNamed(key) ? project.without(fieldName) : project);
    }

    List<Project> projects() {
        return projects;
    }

    Optional<Project> project(String idOrKey) {
        return projects.stream()
                .filter(project -> project.id().equals(idOrKey) || project.key().equalsIgnoreCase(idOrKey))
                .findFirst()
                .or(() -> projects.stream()
                        .filter(project -> project.isNamed(idOrKey))
                        .findFirst());
    }

    void rename(Project project, String newKey, boolean formerKeysLeadThere) {
        projects.replaceAll(one -> one.id().equals(project.id()) ? one.renamed(newKey, formerKeysLeadThere) : one);
    }

    List<ObjectNode> priorities() {
        return priorities;
    }

    JsonNode defaultPriority() {
        return priorities.get(2);
    }

    JsonNode resolutionWhenDone() {
        return reference("resolution", "10000", "Done");
    }

    /** Every status once, by id. */
    Map<String, Status> statuses() {
        Map<String, Status> statuses = new LinkedHashMap<>();
        projects.forEach(project -> project.workflow().statuses().forEach(status -> statuses.put(status.id(), status)));
        return statuses;
    }

    /** Every field once, by id. */
    Map<String, Field> fields() {
        Map<String, Field> fields = new LinkedHashMap<>();
        projects.forEach(project ->
                project.screens().values().forEach(screen -> screen.forEach(field -> fields.put(field.id(), field))));
        return fields;
    }

    private Map<IssueType, List<Field>> security(Field resolution) {
        List<Field> bug = new ArrayList<>(basics());
        bug.add(Field.system("timetracking", "Time tracking", "timetracking"));
        bug.add(Field.system("parent", "Parent", "issuelink"));
        bug.add(resolution);
        bug.addAll(new CustomFields(site).all());
        Map<IssueType, List<Field>> screens = new LinkedHashMap<>();
        screens.put(BUG, framed("10000", "SEC", bug));
        screens.put(TASK, framed("10000", "SEC", basics()));
        screens.put(STORY, framed("10000", "SEC", basics().subList(0, 3)));
        return screens;
    }

    private Map<IssueType, List<Field>> plain() {
        Map<IssueType, List<Field>> screens = new LinkedHashMap<>();
        screens.put(TASK, framed("10001", "WEB", basics()));
        screens.put(BUG, framed("10001", "WEB", basics()));
        screens.put(STORY, framed("10001", "WEB", basics()));
        return screens;
    }

    /** Two custom fields must be filled in, and labels are not on the screen. */
    private Map<IssueType, List<Field>> operations() {
        CustomFields custom = new CustomFields(site);
        List<Field> bug = new ArrayList<>(basics().subList(0, 3));
        bug.add(custom.category().mandatory());
        bug.add(custom.severity().mandatory());
        Map<IssueType, List<Field>> screens = new LinkedHashMap<>();
        screens.put(BUG, framed("10002", "OPS", bug));
        screens.put(TASK, framed("10002", "OPS", basics().subList(0, 3)));
        screens.put(STORY, framed("10002", "OPS", basics().subList(0, 3)));
        return screens;
    }

    private List<Field> basics() {
        return List.of(
                Field.system("summary", "Summary", "string").mandatory(),
                Field.system("description", "Description", "string"),
                Field.system("priority", "Priority", "priority")
                        .allowing(priorities)
                        .withDefault(),
                Field.systemList("labels", "Labels", "string"),
                Field.systemList("components", "Component/s", "component")
                        .allowing(List.of(
                                reference("component", "10000", "Backend"),
                                reference("component", "10001", "Frontend"))),
                Field.systemList("versions", "Affects Version/s", "version").allowing(versions()),
                Field.systemList("fixVersions", "Fix Version/s", "version").allowing(versions()),
                Field.system("environment", "Environment", "string"),
                Field.system("duedate", "Due date", "date"),
                Field.system("assignee", "Assignee", "user"),
                Field.system("security", "Security Level", "securitylevel")
                        .allowing(List.of(
                                reference("securitylevel", "10000", "Confidential"),
                                reference("securitylevel", "10001", "Internal"))),
                Field.systemList("attachment", "Attachment", "attachment"));
    }

    /** What every create screen has besides: the project, the type, and a reporter that Jira fills in itself. */
    private List<Field> framed(String projectId, String projectKey, List<Field> fields) {
        List<Field> framed = new ArrayList<>();
        framed.add(Field.system("project", "Project", "project")
                .mandatory()
                .allowing(List.of(
                        Json.object("self", site.self("project/" + projectId), "id", projectId, "key", projectKey))));
        framed.add(Field.system("issuetype", "Issue Type", "issuetype").mandatory());
        framed.addAll(fields);
        framed.add(Field.system("reporter", "Reporter", "user").mandatory().withDefault());
        return framed;
    }

    private List<ObjectNode> versions() {
        return List.of(
                reference("version", "10000", "1.0").put("archived", false).put("released", true),
                reference("version", "10001", "2.0").put("archived", false).put("released", false));
    }

    private ObjectNode reference(String kind, String id, String name) {
        return Json.object("self", site.self(kind + "/" + id), "name", name, "id", id);
    }
}
