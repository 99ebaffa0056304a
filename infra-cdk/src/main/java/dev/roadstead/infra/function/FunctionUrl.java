package dev.roadstead.infra.function;

import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.CfnUrl;
import software.constructs.Construct;

/**
 * The address of a function. AWS lets everybody call it: signing by the CDN would overwrite the
 * client's {@code Authorization}. The function itself refuses what the edge has not sent.
 */
final class FunctionUrl extends Construct {
  private static final String EVERYBODY = "*";
  private static final String NOT_SIGNED = "NONE";

  private final CfnUrl url;

  FunctionUrl(Construct scope, String id, Alias alias) {
    super(scope, id);
    url =
        CfnUrl.Builder.create(this, "Url")
            .targetFunctionArn(functionArn(alias))
            .qualifier(alias.getAliasName())
            .authType(NOT_SIGNED)
            .build();
    url.getNode().addDependency(alias);
    CfnPermission.Builder.create(this, "MayCallUrl")
        .functionName(alias.getFunctionArn())
        .principal(EVERYBODY)
        .action("lambda:InvokeFunctionUrl")
        .functionUrlAuthType(NOT_SIGNED)
        .build();
    // Both are needed since October 2025, else the URL answers 403.
    CfnPermission.Builder.create(this, "MayInvokeByUrl")
        .functionName(alias.getFunctionArn())
        .principal(EVERYBODY)
        .action("lambda:InvokeFunction")
        .invokedViaFunctionUrl(true)
        .build();
  }

  private static String functionArn(Alias alias) {
    return alias.getLambda().getFunctionArn();
  }

  /** Its host name, which is all that varies in it. */
  String hostName() {
    return Fn.select(2, Fn.split("/", url.getAttrFunctionUrl()));
  }
}
