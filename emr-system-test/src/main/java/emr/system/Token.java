package emr.system;

/** Prints a token for a partner of a running installation: {@code ./emr token}. */
public final class Token {

  private Token() {}

  /**
   * @param args the partner's client id, and scopes other than all, if wanted
   */
  public static void main(String[] args) {
    String scope = args.length > 1 ? args[1] : PartnerClient.EVERYTHING;
    System.out.println(PartnerClient.of(Installation.named(), args[0]).token(scope));
  }
}
