package io.faradaybridge.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StreamUtils;

/**
 * Reads bodies as the records of the calls. A component that is not {@link Nullable} is required; for a nullable one,
 * null means that it is not given. Values are not converted, for example the text "7" is no number. Unknown keys are
 * refused, because a misspelt key, such as {@code isue_type}, would otherwise be ignored. The OpenAPI document shows
 * the same records; a component's description there completes the sentence "must be" here.
 */
@Component
public class RequestRecords extends AbstractHttpMessageConverter<Record> {

    private final ObjectMapper json;

    RequestRecords(ObjectMapper json) {
        super(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));
        this.json = json.copy().disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        for (CoercionInputShape shape : CoercionInputShape.values()) {
            this.json.coercionConfigDefaults().setCoercion(shape, CoercionAction.Fail);
        }
    }

    /** One to {@code most} ids of vulnerabilities, in the given order, each once. */
    public static List<Integer> vulnerabilityIds(List<Integer> given, int most) {
        if (given.isEmpty() || given.size() > most) {
            throw new InvalidRequest(
                    "vulnerability_ids", "must be a list of one to " + most + " vulnerability ids, such as [17, 18]");
        }
        if (given.stream().anyMatch(id -> id == null || id <= 0)) {
            throw new InvalidRequest("vulnerability_ids", "holds something that is not a vulnerability's id");
        }
        return List.copyOf(new LinkedHashSet<>(given));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.isRecord();
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected void writeInternal(Record record, HttpOutputMessage message) {
        throw new UnsupportedOperationException("answers are written by Spring's own converter");
    }

    /** @throws InvalidRequest with each key that is wrong */
    @Override
    protected Record readInternal(Class<? extends Record> type, HttpInputMessage message) throws IOException {
        JsonNode given;
        try {
            given = json.readTree(text(message));
        } catch (JsonProcessingException e) {
            throw new HttpMessageNotReadableException("The body is not JSON", e, message);
        }
        Set<String> unknown = unknown(given, type);
        if (!unknown.isEmpty()) {
            Set<String> known = new TreeSet<>();
            properties(type).forEach(property -> names(property).forEach(known::add));
            Map<String, List<String>> wrong = new LinkedHashMap<>();
            unknown.forEach(key -> wrong.put(
                    InvalidRequest.shown(key), List.of("is unknown; known keys are " + String.join(", ", known))));
            throw new InvalidRequest(wrong);
        }
        return read(given, type);
    }

    /** JSON is Unicode in one of its forms, unless the sender names another charset. */
    private static InputStream text(HttpInputMessage message) throws IOException {
        MediaType type = message.getHeaders().getContentType();
        Charset charset = type == null ? null : type.getCharset();
        return charset == null || charset.name().startsWith("UTF")
                ? message.getBody()
                : new ByteArrayInputStream(
                        StreamUtils.copyToString(message.getBody(), charset).getBytes(StandardCharsets.UTF_8));
    }

    /** The keys that the record does not have. */
    public Set<String> unknown(JsonNode given, Class<? extends Record> type) {
        Set<String> keys = new LinkedHashSet<>();
        given.fieldNames().forEachRemaining(keys::add);
        properties(type).forEach(property -> names(property).forEach(keys::remove));
        return keys;
    }

    /**
     * Reads the record and ignores unknown keys.
     *
     * @throws InvalidRequest with each component that is wrong
     */
    public <T extends Record> T read(JsonNode given, Class<T> type) {
        Map<String, List<String>> wrong = new LinkedHashMap<>();
        if (!given.isObject()) {
            wrong.put("body", List.of("must be a JSON object"));
        }
        Set<String> nullable = RecordSchemas.nullable(type);
        for (BeanPropertyDefinition property : properties(type)) {
            JsonNode value = names(property)
                    .filter(given::hasNonNull)
                    .findFirst()
                    .map(given::get)
                    .orElse(null);
            if (value == null && !nullable.contains(property.getInternalName())) {
                wrong.put(property.getName(), List.of("is missing; it must be " + expected(property)));
            } else if (value != null && !fits(value, property.getPrimaryType())) {
                wrong.put(property.getName(), List.of("must be " + expected(property)));
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidRequest(wrong);
        }
        try {
            return json.treeToValue(given, type);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof InvalidRequest invalid) { // thrown by the record's own constructor
                throw invalid;
            }
            throw new IllegalStateException("Each component of " + type + " fits, and the whole does not", e);
        }
    }

    private List<BeanPropertyDefinition> properties(Class<?> record) {
        return json.getDeserializationConfig()
                .introspect(json.constructType(record))
                .findProperties();
    }

    private static Stream<String> names(BeanPropertyDefinition property) {
        return Stream.concat(
                Stream.of(property.getName()), property.findAliases().stream().map(PropertyName::getSimpleName));
    }

    private boolean fits(JsonNode value, JavaType type) {
        try {
            json.treeToValue(value, type);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static String expected(BeanPropertyDefinition property) {
        Schema schema = property.getPrimaryMember().getAnnotation(Schema.class);
        return schema == null || schema.description().isEmpty()
                ? kind(property.getPrimaryType())
                : schema.description();
    }

    private static String kind(JavaType type) {
        return type.isCollectionLikeType()
                ? "a list of " + kind(type.getContentType().getRawClass()).replaceFirst("^an? ", "") + "s"
                : kind(type.getRawClass());
    }

    /** The description of the type, as the end of the sentence "it must be". */
    static String kind(@Nullable Class<?> type) {
        Class<?> wrapped = type == null ? Object.class : ClassUtils.resolvePrimitiveIfNecessary(type);
        if (wrapped == Boolean.class) {
            return "true or false";
        }
        if (wrapped == Instant.class) {
            return "a time such as 2026-01-31T08:00:00Z";
        }
        if (wrapped.isEnum()) {
            return "one of " + Arrays.toString(wrapped.getEnumConstants()).toLowerCase(Locale.ROOT);
        }
        if (Number.class.isAssignableFrom(wrapped)) {
            return "a whole number";
        }
        return wrapped == String.class ? "a text" : "an object";
    }
}
