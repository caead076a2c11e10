package io.allo.pbx.app.conference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.dialplan.DialplanSamples;
import org.junit.jupiter.api.Test;

/** A profile that is not there is found before a call needs it. */
class ConferenceCheckTest {

    @Test
    void aMisspelledProfileIsNamedWithItsLine() {
        var dialplan = DialplanSamples.parse("""
                [a]
                exten => 1,1,ConfBridge(800,,default_user,sample_admin_menu)
                exten => 2,1,ConfBridge(800,default_brige,${WHO})
                """).dialplan();
        var problems = ConferenceCheck.check(ConferenceConf.DEFAULT, dialplan);
        assertEquals(1, problems.size(), problems.toString());
        ConfProblem problem = problems.getFirst();
        assertEquals(3, problem.line());
        assertTrue(problem.inWords("fr").contains("default_bridge"), problem.inWords("fr"));
    }
}
