package io.faradaybridge.sandbox;

import io.faradaybridge.sandbox.jira.Edition;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The world that the stories of this class share has another Jira than Data Center 10. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(At.Switch.class)
public @interface At {

    Edition value();

    class Switch implements BeforeAllCallback, AfterAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            AnnotationSupport.findAnnotation(context.getRequiredTestClass(), At.class)
                    .ifPresent(at -> BridgeWorld.shareAt(at.value()));
        }

        @Override
        public void afterAll(ExtensionContext context) {
            BridgeWorld.shareAt(Edition.DATA_CENTER_10);
        }
    }
}
