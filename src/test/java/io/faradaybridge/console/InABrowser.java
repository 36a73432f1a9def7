package io.faradaybridge.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs Chromium. On a machine without one it is skipped, and says so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InABrowser.Condition.class)
@interface InABrowser {

    class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Browser.executable().isPresent()) {
                return ConditionEvaluationResult.enabled("Chromium is there");
            }
            String loud =
                    "NOT TESTED: " + context.getDisplayName() + " needs a browser, and there is none here. Install"
                            + " Debian's package chromium, or set BRIDGE_CHROMIUM to the path of one.";
            System.err.println("\n*** " + loud + "\n");
            return ConditionEvaluationResult.disabled(loud);
        }
    }
}
