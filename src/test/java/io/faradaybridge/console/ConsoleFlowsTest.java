package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person looks at the flows: what they do, and what an operator has changed. */
@Tag("long")
@InABrowser
class ConsoleFlowsTest {

    private static BridgeWorld world;

    @BeforeAll
    static void customise(@TempDir Path routes) throws IOException {
        String shipped = Files.readString(Path.of("routes/export.yaml"));
        Files.writeString(
                routes.resolve("export.yaml"),
                shipped.replaceFirst("(?m)^", "# <script>alert(1)</script> our own\n")
                        .replaceFirst("description: ", "description: Ours. "));
        Files.writeString(routes.resolve("notice.yaml"), """
            - route:
                id: notice
                description: Tells the chat. <b>لا</b>
                from: {uri: "direct:notice", steps: [{to: {id: send-notice, uri: "http://localhost:1/secret-of-the-chat"}}]}
            """);
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.routes.dir", routes)
                .start();
    }

    @AfterAll
    static void leave() {
        world.close();
    }

    @Test
    void routes_their_failures_and_what_was_changed_in_their_files_are_shown() {
        try (ProducerTemplate sender = world.bean(CamelContext.class).createProducerTemplate()) {
            sender.send("direct:notice", exchange -> exchange.getMessage().setBody("text"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Awaitility.await("the files are noted soon after the start")
                .until(() -> world.rows()
                                .sql(
                                        "UPDATE faraday_bridge.replaced_file SET shipped = replace(shipped, 'id: export-chunk', 'id: export-piece')")
                                .update()
                        == 1);
        try (Browser desk = Browser.desk(world).signIn("faraday")) {
            desk.click("Flows");
            desk.page().waitForURL("**/flows");
            desk.look("flows");
            assertThat(desk.text())
                    .contains("Replaced by yours", "Left behind by an upgrade", "Added by you", "the log says more")
                    .doesNotContain("secret-of-the-chat");

            desk.click("export.yaml");
            desk.page().waitForURL("**/flows/file?name=export.yaml");
            desk.look("flow-file");
            assertThat(desk.page()
                            .locator("section[aria-labelledby=difference] ins")
                            .allInnerTexts())
                    .contains("+# <script>alert(1)</script> our own");
            assertThat(desk.page()
                            .locator("section[aria-labelledby=upgrade] del")
                            .first()
                            .innerText())
                    .contains("export-piece");

            assertThat(desk.open("/flows/file?name=none.yaml").text()).contains("There is no such file");
        }
        try (Browser phone = Browser.phone(world).signIn("pentester")) {
            phone.open("/flows").look("flows");
            assertThat(phone.page().locator("main a[href*='flows/file']").count())
                    .isZero();
            assertThat(phone.open("/flows/file?name=export.yaml").text()).contains("integrations_auth:read");
        }
    }
}
