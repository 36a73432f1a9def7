package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.BridgeSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaradayLoginTest {

    @ParameterizedTest
    @CsvSource({
        "https://faraday.example.org, https://faraday.example.org",
        "https://faraday.example.org/, https://faraday.example.org",
        "https://faraday.example.org/#/vulns/{id}, https://faraday.example.org",
        "https://example.org/faraday/#/ws/{workspace}, https://example.org/faraday",
        "https://example.org/{workspace}/vulns, https://example.org",
        "http://faraday:5985?x=1, http://faraday:5985",
        "'', ''"
    })
    void the_address_of_a_link_leads_to_the_server(String url, String base) {
        assertThat(new BridgeSettings.Faraday(url, url, "faraday", new BridgeSettings.Faraday.Api("", "")).address())
                .isEqualTo(base);
    }
}
