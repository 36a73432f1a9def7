package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import org.junit.jupiter.api.Test;

/** The pages as people see them: on a desk and a phone, light and dark, and by the rules of accessibility. */
@InABrowser
class ConsoleLooksTest {

    private final BridgeWorld world = BridgeWorld.shared();

    @Test
    void people_sign_in_and_out() {
        try (Browser desk = Browser.desk(world)) {
            desk.open("/projects").look("sign-in").signIn("faraday").look("overview");
            assertThat(desk.signOut().text()).contains("Sign in");
        }
        try (Browser phone = Browser.phone(world)) {
            phone.open("/sign-in").look("sign-in").signIn("faraday").look("overview");
        }
    }
}
