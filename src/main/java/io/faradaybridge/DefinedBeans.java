package io.faradaybridge;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ConfigurableBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;

/**
 * The beans of the bridge as they are defined, without making them: nothing is connected to, listens or is written. In place of
 * each bean Camel's registry gets an object of its class whose constructor was never called.
 */
final class DefinedBeans implements BeanRepository {

    /** Camel makes these itself, with the options that endpoints and expressions have. */
    private static final List<Class<?>> CAMELS_OWN =
            List.of(CamelContext.class, Component.class, Language.class, DataFormat.class);

    private final GenericApplicationContext context;
    private final ConfigurableListableBeanFactory beans;
    private final SpringObjenesis objects = new SpringObjenesis();
    private final Map<String, Object> made = new HashMap<>();

    private DefinedBeans(GenericApplicationContext context) {
        this.context = context;
        this.beans = context.getBeanFactory();
    }

    /** With the settings that a start with these arguments would have. */
    static DefinedBeans of(Class<?> application, String... arguments) {
        SpringApplication start = new SpringApplication(application);
        start.setLogStartupInfo(false);
        start.setRegisterShutdownHook(false);
        try {
            SpringApplication.withHook(ignored -> new Abandoned(), () -> start.run(arguments));
        } catch (SpringApplication.AbandonedRunException abandoned) {
            GenericApplicationContext context = (GenericApplicationContext) abandoned.getApplicationContext();
            context.refreshForAotProcessing(new RuntimeHints()); // evaluates the definitions, and makes none
            return new DefinedBeans(context);
        }
        throw new IllegalStateException("The start was not abandoned");
    }

    /** Of a bridge that runs or starts; its beans are left alone. */
    static DefinedBeans in(GenericApplicationContext bridge) {
        return new DefinedBeans(bridge);
    }

    /** Ends the start when the definitions are loaded. */
    private static final class Abandoned implements SpringApplicationRunListener {

        @Override
        public void starting(ConfigurableBootstrapContext ignored) {}

        @Override
        public void contextLoaded(ConfigurableApplicationContext context) {
            throw new SpringApplication.AbandonedRunException(context);
        }
    }

    Environment settings() {
        return context.getEnvironment();
    }

    /** The routes that are compiled. What they are made of is not made. */
    List<RouteBuilder> routes() {
        return Arrays.stream(beans.getBeanNamesForType(RouteBuilder.class, true, false))
                .map(this::type)
                .filter(type -> type != null && type != RouteFiles.class)
                .map(type -> (RouteBuilder) compiled(type))
                .toList();
    }

    /** As it is written: at run time some are extended by what guards their calls. */
    private @Nullable Class<?> type(String name) {
        Class<?> type = beans.containsBean(name) ? beans.getType(name, false) : null;
        return type == null ? null : ClassUtils.getUserClass(type);
    }

    private Object compiled(Class<?> type) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        return BeanUtils.instantiateClass(
                constructor,
                Arrays.stream(constructor.getParameterTypes())
                        .map(part -> part.isAnnotationPresent(ConfigurationProperties.class)
                                ? beans.getBean(part)
                                : object(part))
                        .toArray());
    }

    private Object object(Class<?> type) {
        if (type.isInterface()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> null);
        }
        return Modifier.isAbstract(type.getModifiers()) ? new Object() : objects.newInstance(type, false);
    }

    @Override
    public @Nullable Object lookupByName(String name) {
        Class<?> type = type(name);
        if (type == null || CAMELS_OWN.stream().anyMatch(own -> own.isAssignableFrom(type))) {
            return null;
        }
        return made.computeIfAbsent(name, first -> object(type));
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        Object bean = lookupByName(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }
}
