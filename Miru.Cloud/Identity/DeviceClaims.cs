namespace Miru.Cloud.Identity;

/// <summary>The payload of a device token. <c>sid</c> ends with the session when the device is provisioned again.</summary>
internal sealed record DeviceClaims(string Iss, string Aud, string Sub, string Sid, long Iat, long Exp, string Jti);
