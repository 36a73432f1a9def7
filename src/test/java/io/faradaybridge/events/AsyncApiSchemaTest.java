package io.faradaybridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.broker.BusContract;
import io.faradaybridge.sandbox.NodeProgram;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/asyncapi.yaml} is a document that tools for AsyncAPI can read. */
@Tag("long")
class AsyncApiSchemaTest {

    private static NodeProgram schema;

    @BeforeAll
    static void install() throws IOException {
        schema = NodeProgram.install("asyncapi");
    }

    @Test
    void it_is_as_the_schema_of_its_version_says() throws IOException {
        assertThat(schema.print(BusContract.document())).isEmpty();
    }

    @Test
    void a_missing_field_a_wrong_value_and_an_unknown_field_are_faults() throws IOException {
        ObjectNode document = (ObjectNode) BusContract.document();
        ((ObjectNode) document.path("info")).remove("version");
        ((ObjectNode) document.at("/operations/publishEvent")).put("action", "publish");
        ((ObjectNode) document.at("/channels/vuln-status")).put("adress", "vuln-status");

        assertThat(schema.print(document))
                .contains(
                        "/info: must have required property 'version'",
                        "/operations/publishEvent/action: must be equal to one of the allowed values",
                        "/channels/vuln-status: must NOT have additional properties");
    }
}
