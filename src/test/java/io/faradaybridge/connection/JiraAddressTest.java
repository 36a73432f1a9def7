package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people give as Jira's address, and what is saved of it. */
class JiraAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://jira.example.org,                https://jira.example.org",
        "'  https://jira.example.org/  ',         https://jira.example.org",
        "HTTPS://Jira.Example.ORG/Jira/,          https://jira.example.org/Jira",
        "https://jira.example.org///,             https://jira.example.org",
        "https://jira.example.org:443/jira,       https://jira.example.org/jira",
        "http://jira.example.org:80,              http://jira.example.org",
        "http://jira.example.org:443,             http://jira.example.org:443",
        "https://jira.example.org:8443/a/b,       https://jira.example.org:8443/a/b",
        "https://jira.bücher.example/jira,        https://jira.xn--bcher-kva.example/jira",
        "https://例え.example,                     https://xn--r8jz45g.example",
        "https://jira。example。org,               https://jira.example.org",
        "'http://[::1]:8080/jira',                'http://[::1]:8080/jira'",
        "'https://[2001:DB8::7]',                 'https://[2001:db8::7]'",
        "http://127.0.0.1:8080,                   http://127.0.0.1:8080",
        "http://１２７.0.0.1,                        http://127.0.0.1",
        "https://example.org/projects,            https://example.org/projects",
        "https://example.org/~jira/,              https://example.org/~jira",
        "https://x.atlassian.net/,                https://x.atlassian.net",
        "https://x.atlassian.net/jira/software/projects/SEC, https://x.atlassian.net",
        "https://X.Atlassian.net/wiki/home?a=b#c, https://x.atlassian.net",
        "https://x.atlassian.net?a=b,             https://x.atlassian.net"
    })
    void is_saved_in_one_form(String given, String kept) {
        assertThat(JiraAddress.parse(given)).hasToString(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.atlassian.net,                 false",
        "https://x.atlassian.net/,                false",
        "'  https://x.atlassian.net:443/  ',      false",
        "https://x.atlassian.net:443/jira,        true",
        "https://x.atlassian.net/wiki/?a=b/,      true",
        "https://x.atlassian.net?a=b,             true",
        "https://jira.example.org/browse/SEC-1,   false"
    })
    void the_page_of_a_cloud_site_is_known_as_one(String given, boolean page) {
        assertThat(JiraAddress.isCloudPage(given)).isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                      is missing",
        "jira.example.org,                        must be http(s)",
        "ftp://jira.example.org,                  must be http(s)",
        "file:///etc/passwd,                      must be http(s)",
        "https://,                                must be http(s)",
        "https:///jira,                           must be http(s)",
        "https://user:secret@jira.example.org,    user or password",
        "https://user@jira.example.org,           user or password",
        "https://jira.example.org?a=b,            without query",
        "https://jira.example.org/#top,           without query",
        "'https://jira example.org',              blanks",
        "'https://jira.example.org/a\u0000b',     control",
        "https://jira.example.org\\@evil.example, must be http(s)",
        "https://jira.example.org:0,              between 1 and 65535",
        "https://jira.example.org:65536,          between 1 and 65535",
        "https://jira.example.org:x,              host or port",
        "'https://[fe80::1%25eth0]',              host or port",
        "'https://[::1',                          host or port",
        "https://jira_dev.example,                no name server",
        "https://169.254.169.254.,                no name server",
        "https://0251.0376.0251.0376,             no name server",
        "https://169.254.169.254%2f,              no name server",
        "https://-.example,                       no name server",
        "https://jira.example.org/../admin,       has a path",
        "https://jira.example.org/a//b,           has a path",
        "https://jira.example.org/%2e%2e/x,       has a path",
        "https://jira.example.org/browse/SEC-1,   'address of a page; give the base URL that Jira''s"
                + " general configuration shows, probably https://jira.example.org'",
        "https://jira.example.org/jira/browse/SEC-1, probably https://jira.example.org/jira",
        "https://jira.example.org/secure/Dashboard.jspa, address of a page",
        "https://user:secret@x.atlassian.net/jira, user or password",
        "https://evil.example/x.atlassian.net/?a, without query"
    })
    void is_refused_with_a_reason(String given, String why) {
        assertThatThrownBy(() -> JiraAddress.parse(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }
}
