import java.io.FileInputStream;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds each file named against PDF/UA-1 and says what fails. Ends with 1 where anything does. */
public class Verapdf {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var flavour = PDFAFlavour.PDFUA_1;
        boolean isGood = true;
        for (String file : files) {
            try (var input = new FileInputStream(file);
                    var parser = Foundries.defaultInstance().createParser(input, flavour);
                    var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                isGood &= result.isCompliant();
                System.out.println(file + ": " + result.getTotalAssertions() + " checks of PDF/UA-1, "
                        + (result.isCompliant() ? "all pass" : "NOT all pass"));
                for (TestAssertion found : result.getTestAssertions()) {
                    if (found.getStatus() == TestAssertion.Status.FAILED) {
                        System.out.println("    " + found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber()
                                + " " + found.getMessage() + " at " + found.getLocation().getContext());
                    }
                }
            }
        }
        System.exit(isGood ? 0 : 1);
    }
}
