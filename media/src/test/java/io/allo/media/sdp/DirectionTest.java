package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionTest {

    @ParameterizedTest
    @CsvSource({"SENDRECV,SENDRECV", "SENDONLY,RECVONLY", "RECVONLY,SENDONLY", "INACTIVE,INACTIVE"})
    void oneSideSendsWhatTheOtherReceives(Direction ours, Direction theirs) {
        assertEquals(theirs, ours.reverse());
    }

    @ParameterizedTest
    @CsvSource({
        "SENDRECV,SENDONLY,SENDONLY",
        "SENDRECV,SENDRECV,SENDRECV",
        "SENDONLY,RECVONLY,INACTIVE",
        "RECVONLY,SENDRECV,RECVONLY",
        "INACTIVE,SENDRECV,INACTIVE"
    })
    void bothMustAllow(Direction one, Direction other, Direction both) {
        assertEquals(both, one.intersection(other));
        assertEquals(both, other.intersection(one));
    }

    @Test
    void namesAreReadInAnyCase() {
        assertEquals(Optional.of(Direction.SENDONLY), Direction.ofAttribute("SendOnly"));
        assertEquals(Optional.empty(), Direction.ofAttribute("ptime"));
    }
}
