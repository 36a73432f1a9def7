package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code check-routes}: all mistakes in one run, each with its place, without a database or a broker. */
class CheckRoutesTest {

    private static final String NOTICES = """
            # {{IN_A_COMMENT}}
            - route:
                id: notices
                routeConfigurationId: link-erors
                from:
                  uri: seda:activity?siz=5
                  steps:
                    - bean: {ref: noticeBoard, method: all}
                    - bean: {ref: exportFlow, method: "enriched(${body})"}
                    - filter:
                        expression: {simple: {expression: "${body.outcome} in "}}
                        steps:
                          - to: {uri: "http:{{NOBODY_SET_THIS}}"}
                          - to: {uri: "file:/tmp/x?fileNam=a"}
                          - to: {uri: "kafka:things"}
                          - to: {uri: "direct:nobody"}
                    - setBody: {expression: {simple: {expression: "${bean:linkFlow.lese}"}}}
                    - choice:
                        when:
                          - expression: {method: {ref: exportLookup, method: claim}}
                            steps: [{to: {uri: "seda:activity"}}]
                    - marshal: {avro: {}}
            - route:
                id: late
                from:
                  uri: direct:late
                  steps:
                    - aggregate: {aggregationStrategy: "#noSuchStrategy", completionSize: 2, correlationExpression: {constant: {expression: "x"}}, steps: [{log: {message: "x"}}]}
            """;

    private static final String TAKEN = """
            <camel xmlns="http://camel.apache.org/schema/xml-io">
              <route id="reconcile">
                <from uri="timer:x?period=1s"/>
                <to uri="jms:queue:x?concurentConsumers=2"/>
              </route>
              <route id="my-sending">
                <from uri="direct:jira-send"/>
                <to uri="jdbc:dataSorce"/>
              </route>
            </camel>
            """;

    private static Path dir;
    private static CheckRoutes.Result wrong;

    @BeforeAll
    static void check(@TempDir Path folder) throws IOException {
        dir = folder;
        Files.writeString(dir.resolve("notices.yaml"), NOTICES);
        Files.writeString(dir.resolve("taken.xml"), TAKEN);
        Files.writeString(dir.resolve("syntax.yaml"), "- route:\n    id: a\n   from: [");
        Files.writeString(
                dir.resolve("step.yaml"), "- route:\n    from:\n      uri: direct:a\n      steps:\n        - lgo: x\n");
        Files.writeString(dir.resolve("open.xml"), "<camel>\n  <route id=\"a\">\n</camel>");
        Files.writeString(
                dir.resolve("errors.yaml"),
                Files.readString(Path.of("routes/errors.yaml"))
                        .replaceFirst("(?s)- routeConfiguration:\\s+id: border.*", ""));
        Files.createDirectory(dir.resolve("templates"));
        Files.writeString(dir.resolve("templates/summary.ftl"), "${vuln.name}\n<#if vuln.id>");
        Files.writeString(dir.resolve("export-vulnerability.sql"), "SELECT 1 AS id");
        wrong = CheckRoutes.of(dir.toString());
    }

    private static void found(String place, String problem) {
        assertThat(wrong.findings())
                .anySatisfy(line ->
                        assertThat(line).startsWith(dir + "/" + place + ": ").contains(problem));
    }

    @Test
    void what_cannot_be_parsed_is_found() {
        found("syntax.yaml:3:4", "expected <block end>");
        found("step.yaml:5:11", "Unknown node id: lgo");
        found("open.xml:3:9", "must be the same as start tag <route> from line 2");
        found("templates/summary.ftl:2:13", "unclosed #if");
    }

    @Test
    void beans_and_methods_that_do_not_exist_are_found() {
        found("notices.yaml:8:23", "there is no bean 'noticeBoard'");
        found("notices.yaml:9:44", "it calls exportFlow.enriched, which this version does not have");
        found("notices.yaml:17:58", "it calls linkFlow.lese");
        found("notices.yaml:20:66", "it calls exportLookup.claim");
        found("notices.yaml:28:46", "there is no bean 'noSuchStrategy'");
    }

    @Test
    void endpoints_options_formats_and_expressions_that_do_not_exist_are_found() {
        found("notices.yaml:6:26", "seda:activity has no option 'siz'");
        found("notices.yaml:11:48", "simple cannot be used");
        found("notices.yaml:14:40", "has no option 'fileNam'");
        found("notices.yaml:15:28", "No endpoint could be found for: kafka");
        found("notices.yaml:16:28", "no route begins with direct:nobody");
        found("notices.yaml:21:37", "only the bridge sends to seda:activity");
        found("notices.yaml:22:11", "avro");
        found("taken.xml:4:26", "has no option 'concurentConsumers'");
        found("taken.xml:8:14", "dataSorce");
    }

    @Test
    void settings_policies_and_names_are_found() {
        found("notices.yaml:13:33", "there is no setting and no environment variable 'NOBODY_SET_THIS'");
        found("notices.yaml:4:27", "route notices wants 'link-erors'");
        found("errors.yaml:4:1", "route export-ingress wants 'border-errors'");
        found("taken.xml:2:14", "'reconcile' is taken already, by reconcile.yaml");
        found("taken.xml:7:16", "'direct:jira-send' is taken already, by the bridge itself");
        found("export-vulnerability.sql:1:1", ":?ids is missing");
    }

    @Test
    void nothing_else_is_found() {
        assertThat(wrong.findings()).hasSize(25).noneMatch(line -> line.contains("IN_A_COMMENT"));
    }

    @Test
    void each_file_is_said_to_be_added_or_to_replace_which_and_what_it_lacks() {
        assertThat(wrong.notes())
                .contains(
                        "notices.yaml is added",
                        "export-vulnerability.sql replaces the shipped file of its name",
                        "errors.yaml replaces the shipped file of its name; it was left behind by an upgrade if you did not"
                                + " remove from it: [border-errors]");
    }

    private static List<String> findings(Path folder, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return CheckRoutes.of(folder.toString()).findings().stream()
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }

    private static String route(String id, String from, String... steps) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: " + from + "\n      steps:\n        "
                + String.join("\n        ", steps) + "\n";
    }

    @Test
    void what_cannot_be_read_is_named_as_any_other_mistake(@TempDir Path odd) throws IOException {
        Files.createSymbolicLink(odd.resolve("dangling.yaml"), Path.of("nowhere"));
        Files.createDirectory(odd.resolve("folder.yaml"));
        Files.createSymbolicLink(odd.resolve("broken.yaml"), Path.of("/proc/self/mem")); // a file whose reading fails
        Files.createSymbolicLink(odd.resolve("export.yaml"), Path.of("nowhere"));
        Files.write(
                odd.resolve("latin.yaml"),
                route("latin", "direct:latin", "- log: caf\u00e9").getBytes(StandardCharsets.ISO_8859_1));
        Files.createDirectories(odd.resolve("templates/summary.ftl"));

        List<String> findings = findings(odd, Map.of());

        assertThat(findings)
                .anySatisfy(line -> assertThat(line).startsWith("broken.yaml:1:1: it cannot be read: "))
                .contains(
                        "dangling.yaml:1:1: it cannot be read: it leads to no file. Correct it, or remove the file.",
                        "export.yaml:1:1: it cannot be read: it leads to no file. Correct it, or remove the file.",
                        "folder.yaml:1:1: it cannot be read: Is a directory. Correct it, or remove the file.",
                        "latin.yaml:6:19: it is not text in UTF-8. Save it in UTF-8, or remove it.",
                        "templates/summary.ftl:1:1: it cannot be read: Is a directory. Correct it, or remove the file.");
    }

    @Test
    void a_folder_that_may_not_be_read_is_refused_in_a_sentence(@TempDir Path locked) throws IOException {
        Path file = Files.writeString(locked.resolve("file"), "");

        assertThatThrownBy(() -> new RoutesFolder(file.toString()).flows())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("The folder " + file + " cannot be read: it is no folder");
        assertThatThrownBy(() -> new RoutesFolder(file.toString()).beside()).isInstanceOf(StartRefused.class);
    }

    @Test
    void a_file_that_defines_nothing_is_not_taken_for_a_flow(@TempDir Path odd) throws IOException {
        List<String> findings = findings(
                odd,
                Map.of(
                        "export.yaml", "# a comment\nroute:\n  id: export\n",
                        "word.yaml", "hello\n",
                        "list.yaml", "[]\n",
                        "other.xml", "<foo/>",
                        "empty.xml", "",
                        "events.yaml", route("mine", "direct:mine", "- log: hello"),
                        "twice.yaml", route("twice", "direct:twice", "- log: a") + "      steps:\n        - log: b\n"));

        assertThat(findings)
                .contains(
                        "export.yaml:2:1: it defines nothing. A flow in YAML is a list, each entry of which begins with '- ',"
                                + " such as '- route:'.",
                        "empty.xml:1:1: it defines nothing. A flow in XML holds elements such as <route>.",
                        "twice.yaml:7:7: 'steps' stands twice here, and one of them would be lost. Keep one of them.")
                .anySatisfy(line -> assertThat(line).startsWith("word.yaml:1:1: it defines nothing"))
                .anySatisfy(line -> assertThat(line).startsWith("list.yaml:1:1: it defines nothing"))
                .anySatisfy(line -> assertThat(line).startsWith("other.xml:1:1: it defines nothing"))
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "events.yaml:1:1: it replaces the shipped events.yaml and has none of [event-errors, events]"));
    }

    @Test
    void what_a_start_can_use_is_not_found(@TempDir Path right) throws IOException {
        assertThat(findings(
                        right,
                        Map.of(
                                "a.yaml",
                                route(
                                                "sends",
                                                "timer:sends",
                                                "- to: \"seda:{{WHERE:there}}\"",
                                                "- to: \"log:x?level={{?NO_LEVEL}}\"",
                                                "- to: seda:buffer",
                                                "- toD: \"direct:${header.x}\"")
                                        + route("there", "\"seda:{{WHERE:there}}\"", "- log: hello")
                                        + route(
                                                "polls",
                                                "timer:polls",
                                                "- pollEnrich: {expression: {constant: {expression: \"seda:buffer\"}}}"),
                                "b.yaml",
                                """
                                - routeTemplate:
                                    id: t
                                    parameters: [{name: n}]
                                    from:
                                      uri: "timer:{{n}}"
                                      steps:
                                        - log: hello
                                """)))
                .isEmpty();
    }

    @Test
    void what_stands_in_attributes_is_found_at_its_place(@TempDir Path wrong) throws IOException {
        String policy = """
            - routeConfiguration:
                id: pol
                onException:
                  - onException:
                      exception: [com.example.No]
                      steps:
                        - bean: {ref: nobody}
            - route:
                id: innocent
                routeConfigurationId: pol
                from:
                  uri: direct:innocent
                  steps:
                    - log: hello
            """;
        String[] steps = {
            "- log: {message: \"${body.outcome\"}",
            "- log: {message: hi, loggingLevel: LOUD}",
            "- process: {ref: nobody}",
            "- throwException: {exceptionType: com.example.No, message: a}",
            "- split: {aggregationStrategy: \"#nosuch\", expression: {simple: {expression: \"${body}\"}}, steps: [{log: a}]}",
            "- toD: \"kafka:${body}\"",
            "- toD: \"seda:${body.id}?sizze=3\"",
            "- enrich: {expression: {constant: {expression: \"kafka:x\"}}}",
            "- recipientList: {expression: {constant: {expression: \"direct:nowhere\"}}}",
            "- bean: {ref: linkFlow, method: \"lease(${body.x)\"}",
            "- setBody: {expression: {method: {ref: routeFiles, method: \"texxt(1)\"}}}"
        };

        assertThat(findings(
                        wrong,
                        Map.of(
                                "a.yaml",
                                route("a", "direct:a", steps),
                                "b.yaml",
                                policy,
                                "c.yaml",
                                "- beans:\n    - name: foo\n      type: com.example.Foo\n")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("a.yaml:6:27: the expression of the language simple"),
                        line -> assertThat(line).startsWith("a.yaml:7:44: there is no level 'LOUD'"),
                        line -> assertThat(line).startsWith("a.yaml:8:26: there is no bean 'nobody'"),
                        line -> assertThat(line).startsWith("a.yaml:9:43: there is no class 'com.example.No'"),
                        line -> assertThat(line).startsWith("a.yaml:10:42: there is no bean 'nosuch'"),
                        line -> assertThat(line).startsWith("a.yaml:11:17: there is no component 'kafka'"),
                        line -> assertThat(line).contains("a.yaml:12:33: seda:${body.id} has no option 'sizze'"),
                        line -> assertThat(line).startsWith("a.yaml:13:57: kafka:x cannot be used"),
                        line -> assertThat(line).startsWith("a.yaml:14:64: no route begins with direct:nowhere"),
                        line -> assertThat(line).startsWith("a.yaml:15:42: the expression of the language simple"),
                        line -> assertThat(line).startsWith("a.yaml:16:69: it calls routeFiles.texxt"),
                        line -> assertThat(line).startsWith("b.yaml:5:23: there is no class 'com.example.No'"),
                        line -> assertThat(line).startsWith("b.yaml:7:27: there is no bean 'nobody'"),
                        line -> assertThat(line).startsWith("c.yaml:3:13: there is no class 'com.example.Foo'"));
    }

    @Test
    void a_route_that_is_called_and_no_longer_there_counts_as_missing(@TempDir Path old) throws IOException {
        Files.writeString(old.resolve("export.yaml"), Older.export());

        CheckRoutes.Result result = CheckRoutes.of(old.toString());

        assertThat(result.notes())
                .containsExactly(
                        "export.yaml replaces the shipped file of its name; it was left behind by an upgrade if"
                                + " you did not remove from it: [export-look]");
        assertThat(result.findings())
                .containsExactly(
                        old + "/export.yaml:12:46: no route begins with direct:export-look. Correct the name, or"
                                + " add the route.");
    }

    /** A copy of a shipped file from before an upgrade. */
    static final class Older {

        private Older() {}

        static String export() throws IOException {
            return Files.readString(Path.of("routes/export.yaml"))
                    .replaceFirst("(?s)- route:\\s+id: export-look.*", "");
        }
    }

    @Test
    void the_shipped_files_and_the_examples_are_in_order(@TempDir Path all) throws IOException {
        Files.createDirectory(all.resolve("templates"));
        for (String from : new String[] {"routes", "routes/examples", "routes/templates"}) {
            try (Stream<Path> files = Files.list(Path.of(from))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String below = from.equals("routes/templates") ? "templates/" : "";
                    Files.copy(file, all.resolve(below + file.getFileName()));
                }
            }
        }

        CheckRoutes.Result result = CheckRoutes.of(all.toString(), "--NOTIFY_URL=http://localhost:1/hook");

        assertThat(result.findings()).isEmpty();
        assertThat(result.notes())
                .contains(
                        "export.yaml is the shipped file: remove it, so that an upgrade changes it",
                        "chat-notice.yaml is added");
    }
}
