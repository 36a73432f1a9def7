package io.faradaybridge.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * A key that a call does not know is refused: a misspelt one, such as {@code isue_type}, would otherwise be as if it had not
 * been given. What a call knows is what its document says.
 */
@ControllerAdvice
class KnownKeys extends RequestBodyAdviceAdapter {

    private final ObjectMapper json;

    KnownKeys(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return parameter.hasMethodAnnotation(Takes.class);
    }

    /** @throws InvalidRequest naming each key that is not known */
    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType) {
        if (body instanceof JsonNode given && given.isObject()) {
            Takes takes = Objects.requireNonNull(parameter.getMethodAnnotation(Takes.class));
            Set<String> documented = documented(takes.value());
            Map<String, List<String>> unknown = new LinkedHashMap<>();
            given.fieldNames().forEachRemaining(key -> {
                if (!documented.contains(key) && !List.of(takes.also()).contains(key)) {
                    unknown.put(
                            InvalidRequest.shown(key),
                            List.of("is not known here; known are " + String.join(", ", documented)));
                }
            });
            if (!unknown.isEmpty()) {
                throw new InvalidRequest(unknown);
            }
        }
        return body;
    }

    private Set<String> documented(Class<?> record) {
        Set<String> names = new TreeSet<>();
        for (BeanPropertyDefinition property : json.getDeserializationConfig()
                .introspect(json.constructType(record))
                .findProperties()) {
            names.add(property.getName());
            property.findAliases().stream().map(PropertyName::getSimpleName).forEach(names::add);
        }
        return names;
    }
}
