package io.faradaybridge.web;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the schemas of records. A component that is not {@link Nullable} is required; a nullable one may be null. A
 * {@link JsonNode} is any JSON, unless {@code @Schema} describes it. Further keys, by {@code @JsonAnyGetter}, may have
 * any value.
 */
@Component
@SuppressWarnings({"rawtypes", "unchecked"}) // Schema, as swagger-core hands it around
public class RecordSchemas implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    private final ObjectMapper json;

    public RecordSchemas(ObjectMapper json) {
        this.json = withoutContext(json);
    }

    /**
     * A copy that makes naming strategies and the like itself and not as beans: swagger-core keeps converters in a
     * static list, where they outlive the application context.
     */
    public static ObjectMapper withoutContext(ObjectMapper json) {
        ObjectMapper copy = json.copy();
        copy.setHandlerInstantiator(null);
        return copy;
    }

    @Override
    public @Nullable Schema resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        JavaType java = json.constructType(type.getType());
        if (java.hasRawClass(ObjectNode.class)) {
            return new ObjectSchema().additionalProperties(true);
        }
        if (JsonNode.class.isAssignableFrom(java.getRawClass())) {
            return new Schema<>();
        }
        Schema resolved = others.hasNext() ? others.next().resolve(type, context, others) : null;
        if (resolved != null && java.getRawClass().isRecord()) {
            Schema model = model(resolved, context);
            if (model != null && model.getProperties() != null) {
                describe(java, model, context);
            }
        }
        return resolved;
    }

    /** The names of the record's nullable components. */
    static Set<String> nullable(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private void describe(JavaType java, Schema<?> model, ModelConverterContext context) {
        Set<String> nullable = nullable(java.getRawClass());
        Map<String, Schema> properties = model.getProperties();
        BeanDescription written = json.getSerializationConfig().introspect(java);
        AnnotatedMember others = written.findAnyGetter();
        if (others != null) {
            properties.remove(others.getName());
            model.setAdditionalProperties(true);
        }
        for (BeanPropertyDefinition property : written.findProperties()) {
            if (others != null && property.getInternalName().equals(others.getName())) {
                continue;
            }
            String name = property.getName();
            // swagger-core reads a name such as issueKey as a getter of "sueKey" and loses Jackson's name
            Schema schema =
                    properties.containsKey(name) ? properties.get(name) : properties.remove(property.getInternalName());
            if (schema == null) {
                continue; // unwrapped into its properties, or not written
            }
            if (property.getPrimaryType().isMapLikeType()
                    && property.getPrimaryType().getContentType().isTypeOrSubTypeOf(JsonNode.class)) {
                schema.setAdditionalProperties(true);
            }
            if (property.getRawPrimaryType() == JsonNode.class
                    && !property.getAccessor().hasAnnotation(io.swagger.v3.oas.annotations.media.Schema.class)) {
                properties.put(name, new Schema<>());
            } else if (nullable.contains(property.getInternalName())) {
                properties.put(name, orNull(schema, context));
            } else {
                properties.put(name, schema);
                if (model.getRequired() == null || !model.getRequired().contains(name)) {
                    model.addRequiredItem(name);
                }
            }
        }
    }

    /** OpenAPI 3.0 allows null only beside the type, so a referenced schema is copied. */
    private static Schema orNull(Schema<?> schema, ModelConverterContext context) {
        Schema model = model(schema, context);
        if (model == null) {
            return schema;
        }
        Schema copy = AnnotationsUtils.clone(model, false);
        copy.setNullable(true);
        if (copy.getEnum() != null) {
            addNull(copy);
        }
        return copy;
    }

    private static void addNull(Schema schema) {
        if (!schema.getEnum().contains(null)) {
            schema.addEnumItemObject(null);
        }
    }

    private static @Nullable Schema model(Schema schema, ModelConverterContext context) {
        String reference = schema.get$ref();
        return reference == null ? schema : context.getDefinedModels().get(reference.replace(REFERENCE, ""));
    }
}
