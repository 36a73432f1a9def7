package io.faradaybridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff",
        "2001:db8:1:2::1, [2001:db8:1:2::7]",
        "fe80::1%eth0, fe80::2%eth1",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void of_ipv6_a_64_is_one_sender(String one, String other) {
        assertThat(ClientAddress.of(one)).isEqualTo(ClientAddress.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:3::1",
        "192.0.2.1, 192.0.2.2",
        "proxy.example.org, other.example.org",
        "::ffff:192.0.2.1, ::ffff:192.0.2.2"
    })
    void other_addresses_are_distinguished(String one, String other) {
        assertThat(ClientAddress.of(one)).isNotEqualTo(ClientAddress.of(other));
    }

    @Test
    void what_is_no_address_stays_as_it_is_whatever_its_length() {
        assertThat(ClientAddress.of("spoof")).isEqualTo("spoof");
        assertThat(ClientAddress.of(":::")).isEqualTo(":::");
        assertThat(ClientAddress.of(":".repeat(100_000) + "x")).hasSize(100_001);
    }
}
