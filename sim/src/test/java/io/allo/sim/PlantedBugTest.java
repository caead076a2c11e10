package io.allo.sim;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.mix.MixLeg;
import io.allo.media.port.MediaCommand;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipResponse;
import java.util.HashSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The simulator finds bugs: each is planted at a seam and has to be found within a few worlds. */
class PlantedBugTest {

    private static final int WORLDS = 20;

    @Test
    void aForgottenMediaPortIsFound() {
        var failure = found(world -> {
            var joined = new HashSet<>();
            world.server().media().plant(command -> {
                if (command instanceof MediaCommand.Join join) {
                    joined.add(join.port());
                    joined.add(join.other());
                }
                // The bug: a port that was never joined (a call cancelled, busy, refused) is not given back.
                var forgotten = command instanceof MediaCommand.Close close && !joined.contains(close.port());
                return forgotten ? new MediaCommand.Leave(command.port()) : command;
            });
        });

        assertTrue(failure.getMessage().contains("media ports"), failure.getMessage());
    }

    @Test
    void a200SentOnlyOnceIsFound() {
        var failure = found(world -> {
            var sent = new HashSet<SipMessage>();
            world.network()
                    .lose(message -> message instanceof SipResponse response
                            && response.isSuccess()
                            && response.cseq().method().equals("INVITE")
                            && !sent.add(response));
        });

        assertTrue(failure.getMessage().contains("no ACK for the 2xx"), failure.getMessage());
    }

    @Test
    void aBridgeToTheWrongPortIsFound() {
        var failure = found(world -> world.server().media().plant(command -> {
            if (command instanceof MediaCommand.Join join && join.port().value() % 5 == 0) {
                return new MediaCommand.Join(join.port(), join.port());
            }
            return command;
        }));

        assertTrue(failure.getMessage().contains("bridged"), failure.getMessage());
    }

    @Test
    void aMemberWhoWaitsAndIsHeardIsFound() {
        var failure = found(world -> world.server().media().plant(command -> {
            if (command instanceof MediaCommand.Mix mix) {
                var leg = mix.leg();
                // The bug: who waits and was muted before is let talk.
                return new MediaCommand.Mix(
                        mix.port(),
                        mix.room(),
                        new MixLeg(
                                leg.muted() && !leg.deaf(),
                                leg.deaf(),
                                leg.talkGain(),
                                leg.listenGain(),
                                leg.dropSilence(),
                                leg.talkThreshold(),
                                leg.silenceMs(),
                                leg.tellsTalk(),
                                leg.unrecorded()));
            }
            return command;
        }));

        assertTrue(failure.getMessage().contains("is heard"), failure.getMessage());
    }

    private static SimFailure found(Consumer<SimWorld> plant) {
        SimFailure failure = null;
        for (var seed = 1; seed <= WORLDS && failure == null; seed++) {
            failure = run(seed, plant);
        }
        assertNotNull(failure, "not found within " + WORLDS + " worlds");
        assertTrue(failure.getMessage().contains("replay: ./dev sim --seed "), failure.getMessage());
        return failure;
    }

    private static @Nullable SimFailure run(long seed, Consumer<SimWorld> plant) {
        var settings =
                WorldSettings.drawn(seed, 20).withNetwork(LinkQuality.BAD).withHabits(PhoneHabits.CALM);
        var world = new SimWorld(seed, settings);
        plant.accept(world);
        try {
            world.run();
            return null;
        } catch (SimFailure failure) {
            return failure;
        }
    }
}
