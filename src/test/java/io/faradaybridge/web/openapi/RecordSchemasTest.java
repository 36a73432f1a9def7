package io.faradaybridge.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.faradaybridge.web.RecordSchemas;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverterContextImpl;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.http.converter.json.SpringHandlerInstantiator;

class RecordSchemasTest {

    @JsonNaming(SnakeCaseStrategy.class)
    record Named(String issueKey) {}

    /** swagger-core asks the converters of every context that the process has had. */
    @Test
    @SuppressWarnings("rawtypes") // as swagger-core hands it around
    void a_schema_is_made_after_the_context_of_its_converters_has_ended() {
        ObjectMapper json = new ObjectMapper();
        json.setHandlerInstantiator(new SpringHandlerInstantiator(new DefaultListableBeanFactory() {
            @Override
            public <T> T createBean(Class<T> type) {
                throw new IllegalStateException("the context has ended");
            }
        }));

        Schema<?> schema = new ModelConverterContextImpl(
                        List.of(new RecordSchemas(json), new OpenApiDocument().modelResolver(json)))
                .resolve(new AnnotatedType(Named.class));

        assertThat(schema.getProperties().keySet()).isEqualTo(Set.of("issue_key"));
        assertThat(schema.getRequired()).containsExactly("issue_key");
    }
}
