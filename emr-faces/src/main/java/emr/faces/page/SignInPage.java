package emr.faces.page;

/** The bean of {@code /emr/page/sign-in.xhtml}. */
public interface SignInPage {

  /** What this page signs in to, such as "Medical record terminal". */
  String getSystem();

  /** The hospital's name, or the centre's. */
  String getPlace();

  /** What happens to records made here, in one or two sentences. */
  String getAbout();

  String getUser();

  void setUser(String user);

  String getPassword();

  void setPassword(String password);

  /** Signs in and leads on; after a wrong password stays, with a message. */
  String signIn();
}
