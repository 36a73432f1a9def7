package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        found("notices.yaml:24:9", "noSuchStrategy");
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
