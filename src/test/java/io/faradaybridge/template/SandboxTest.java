package io.faradaybridge.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import freemarker.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.freemarker.FreemarkerConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renders as the flows do, through camel-freemarker. */
class SandboxTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path routes;

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void render_operators_files() throws Exception {
        Files.createDirectory(routes.resolve("templates"));
        Files.writeString(routes.resolve("templates/other.ftl"), "other");
        Files.writeString(routes.resolve("secret.txt"), "secret");
        camel.getRegistry()
                .bind("freemarkerConfiguration", FreemarkerSettings.sandbox(routes, Duration.ofMillis(500), 10_000));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:render")
                        .to("freemarker:t.ftl?allowTemplateFromHeader=true&configuration=#freemarkerConfiguration");
                from("direct:file")
                        .toD("freemarker:file:" + routes.resolve("templates/t.ftl")
                                + "?allowTemplateFromHeader=true&configuration=#freemarkerConfiguration");
                from("direct:shipped")
                        .to(
                                "freemarker:summary.ftl?allowTemplateFromHeader=true&configuration=#freemarkerConfiguration");
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void renders_maps_lists_numbers_and_texts() throws Exception {
        template("""
                <#list refs as ref>${ref.name}<#sep>, </#list> ${score} ${big} ${confirmed} ${name} ${missing!"-"}
                """);

        assertThat(render(Map.of(
                        "refs",
                        List.of(Map.of("name", "a"), Map.of("name", "b")),
                        "score",
                        9.8,
                        "big",
                        1234567,
                        "confirmed",
                        true,
                        "name",
                        "<&> Zażółć")))
                .isEqualTo("a, b 9.8 1234567 true <&> Zażółć -\n");
    }

    @Test
    void offers_functions_that_make_text_harmless() throws Exception {
        template("${wiki(name)} ${wiki(name, 3)} ${noformat(name)} ${link('https://x.example')}");

        assertThat(render(Map.of("name", "[~admin]")))
                .isEqualTo("\\[\\~admin\\] \\[\\~… {noformat}\n[~admin]\n{noformat} [https://x.example]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "${'freemarker.template.utility.Execute'?new()('id')}                  => not allowed",
                "${'freemarker.template.utility.ObjectConstructor'?new()('x')}         => not allowed",
                "${vuln?api.class}                                                     => api_builtin_enabled",
                "${list?api.size()}                                                    => api_builtin_enabled",
                "${vuln.class.classLoader}                                             => vuln.class",
                "${vuln.getClass()}                                                    => vuln.getClass",
                "${vuln.pojo}                                                          => java.lang.Object",
                "<#include 'other.ftl'>                                                => cannot be included",
                "<#include 'missing.ftl' ignore_missing=true>                          => cannot be included",
                "<#include '../secret.txt'>                                            => secret.txt",
                "<#include 'file:///etc/passwd'>                                       => passwd",
                "<#import 'other.ftl' as o>${o.x}                                      => cannot be included",
                "<#assign o = .get_optional_template('other.ftl')>${o.exists?c}        => other.ftl",
                "<@'${1}'?interpret/>                                                  => ?interpret or ?eval",
                "<@('x' + 'y') ? <#-- hide --> interpret />                            => ?interpret or ?eval",
                "${\"'x'?interpret\" ? eval}                                           => ?interpret or ?eval",
                "${exchange.context}                                                   => exchange",
                "<#attempt>${vuln?api.class}<#recover>${.error}</#attempt>${missing}   => missing",
            })
    void refuses_an_attack(String text, String reason) throws Exception {
        template(text);

        assertThatThrownBy(() -> render(Map.of("vuln", Map.of("name", "x", "pojo", new Object()), "list", List.of(1))))
                .cause()
                .isInstanceOfAny(TemplateException.class, IOException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${'freemarker.template.utility.Execute'?new()('id')}",
                "${vuln?api.class}",
                "<#include 'other.ftl'>",
            })
    void refuses_an_attack_in_a_file_named_by_its_address_too(String text) throws Exception {
        template(text);

        assertThatThrownBy(() -> render("direct:file", Map.of("vuln", Map.of("name", "x"))))
                .cause()
                .isInstanceOf(TemplateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#list 1..1000000000 as x></#list>",
                "<#list 1..1000000000 as x><#attempt>${missing}<#recover></#attempt></#list>",
                "<#function f n><#list 1..1000000000 as x></#list><#return n></#function>${f(1)}",
            })
    void gives_up_on_a_template_that_takes_too_long(String text) throws Exception {
        template(text);

        assertThatThrownBy(() -> render(Map.of()))
                .cause()
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("template t.ftl took longer than");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void gives_up_on_a_template_that_writes_too_much() throws Exception {
        template("<#list 1..1000000000 as x>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</#list>");

        assertThatThrownBy(() -> render(Map.of()))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("template t.ftl writes more than 10000 characters");
    }

    @Test
    void gives_up_on_a_template_that_calls_itself() throws Exception {
        template("<#macro m><@m/></#macro><@m/>");

        assertThatThrownBy(() -> render(Map.of()))
                .cause()
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("template t.ftl calls itself without end");
    }

    @Test
    void a_changed_file_counts_within_seconds() throws Exception {
        template("old");
        assertThat(render(Map.of())).isEqualTo("old");

        template("newer");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(render(Map.of())).isEqualTo("newer"));
    }

    @Test
    void an_operators_file_replaces_the_shipped_one() throws Exception {
        Files.writeString(routes.resolve("templates/summary.ftl"), "mine");

        assertThat(render("direct:shipped", Map.of())).isEqualTo("mine");
    }

    /** As Kubernetes mounts a ConfigMap. */
    @Test
    void follows_a_link_inside_the_folder_but_none_that_leaves_it() throws Exception {
        Path templates = routes.resolve("templates");
        Files.createDirectory(templates.resolve("..2026"));
        Files.writeString(templates.resolve("..2026/t.ftl"), "mounted");
        Files.createSymbolicLink(templates.resolve("t.ftl"), Path.of("..2026/t.ftl"));
        assertThat(render(Map.of())).isEqualTo("mounted");

        Files.createSymbolicLink(templates.resolve("summary.ftl"), routes.resolve("secret.txt"));

        assertThatThrownBy(() -> render("direct:shipped", Map.of()))
                .hasMessageNotContaining("secret")
                .cause()
                .hasMessageContaining("summary.ftl");
    }

    private void template(String text) throws IOException {
        Files.writeString(routes.resolve("templates/t.ftl"), text);
    }

    private String render(Map<String, Object> model) {
        return render("direct:render", model);
    }

    private String render(String endpoint, Map<String, Object> model) {
        return camel.createProducerTemplate()
                .requestBodyAndHeader(endpoint, "", FreemarkerConstants.FREEMARKER_DATA_MODEL, model, String.class);
    }
}
