package io.allo.conformance;

import io.allo.conformance.lab.StallWatch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where programs got no processor for a while, a gap in the sound is the machine's. A test that failed while {@link StallWatch} saw that
 * is made again, in a lab of its own, twice at most, and the output says so; on a machine that runs, its first failure counts.
 */
final class StillMachine implements InvocationInterceptor {
    /** Two packets late: what a phone's jitter buffer has to give up on. */
    private static final long STOOD_STILL_MS = 40;

    private static final int TRIES = 3;

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        run(invocation, test, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        run(invocation, test, context);
    }

    private static void run(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        AssertionError failed;
        long stoodStillMs;
        try (var watch = new StallWatch()) {
            try {
                invocation.proceed();
                return;
            } catch (AssertionError failure) {
                failed = failure;
                stoodStillMs = watch.longestMs();
            }
        }
        for (int attempt = 2; attempt <= TRIES && stoodStillMs >= STOOD_STILL_MS && canRepeat(test); attempt++) {
            System.out.println("REPEATED " + context.getDisplayName() + ": the machine stood still for " + stoodStillMs
                    + " ms; what failed: " + failed.getMessage());
            try (var watch = new StallWatch()) {
                try {
                    again(test, context);
                    return;
                } catch (AssertionError failure) {
                    failed = failure;
                    stoodStillMs = watch.longestMs();
                }
            }
        }
        throw failed;
    }

    /** Directories of JUnit's are not made anew. */
    private static boolean canRepeat(ReflectiveInvocationContext<Method> test) {
        return Arrays.stream(test.getTargetClass().getDeclaredFields())
                .noneMatch(field -> field.isAnnotationPresent(TempDir.class));
    }

    private static void again(ReflectiveInvocationContext<Method> test, ExtensionContext context) throws Throwable {
        var constructor = test.getTargetClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        var lab = lab(instance);
        lab.beforeEach(context);
        try {
            for (Method method : test.getTargetClass().getDeclaredMethods()) {
                if (method.isAnnotationPresent(BeforeEach.class)) {
                    invoke(method, instance);
                }
            }
            invoke(test.getExecutable(), instance, test.getArguments().toArray());
        } finally {
            lab.afterEach(context);
        }
    }

    private static AlloLab lab(Object instance) throws IllegalAccessException {
        for (var field : instance.getClass().getDeclaredFields()) {
            if (field.getType() == AlloLab.class) {
                field.setAccessible(true);
                return (AlloLab) field.get(instance);
            }
        }
        throw new IllegalStateException(instance.getClass() + " has no lab");
    }

    private static void invoke(Method method, Object instance, Object... arguments) throws Throwable {
        method.setAccessible(true);
        try {
            method.invoke(instance, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
