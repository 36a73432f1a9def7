package io.faradaybridge;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.language.bean.BeanLanguage;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * Camel's {@code method:}, but it fails with the exception that the method threw. Camel itself wraps that exception. It
 * then chooses an error policy by the cause, but shows the policy the wrapper: {@code ${exception.kind}} of a
 * JiraFailure would fail there and the work would not be given back.
 */
final class PlainMethodFailures extends BeanLanguage {

    @Override
    public Expression createExpression(String expression) {
        return plain(super.createExpression(expression));
    }

    @Override
    public Expression createExpression(String expression, Object[] properties) {
        return plain(super.createExpression(expression, properties));
    }

    private static Expression plain(Expression call) {
        return new Expression() {
            @Override
            public void init(CamelContext context) {
                call.init(context);
            }

            @Override
            public <T> T evaluate(Exchange exchange, Class<T> type) {
                try {
                    return call.evaluate(exchange, type);
                } catch (RuntimeBeanExpressionException e) {
                    throw e.getCause() == null ? e : RuntimeCamelException.wrapRuntimeException(e.getCause());
                }
            }

            @Override
            public String toString() {
                return call.toString();
            }
        };
    }

    @Configuration(proxyBeanMethods = false)
    static class Language {

        /**
         * A prototype, like the language of Camel that it replaces, because the options of an expression are set on it.
         */
        @Bean("bean-language")
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        BeanLanguage methods() {
            return new PlainMethodFailures();
        }
    }
}
