namespace Miru.Cloud.Http;

/// <summary>Every code that an error envelope of this server can carry. Codes are stable: clients decide by them.</summary>
internal static class ErrorCodes
{
    /// <summary>400: a parameter, header or member of the body is missing or wrong; <c>params</c> names it.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>400: the body is not JSON of the expected shape.</summary>
    public const string InvalidJson = "invalid_json";

    /// <summary>400: <c>Miru-Version</c> is missing or names a version this server does not speak.</summary>
    public const string UnsupportedApiVersion = "unsupported_api_version";

    /// <summary>401: no usable <c>Authorization: Bearer</c> header.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>401: the admin key is wrong.</summary>
    public const string AdminKeyInvalid = "admin_key_invalid";

    /// <summary>401: the device token is malformed or not signed by this server.</summary>
    public const string TokenInvalid = "token_invalid";

    /// <summary>401: the device token has expired; ask for a new one.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>401: the device was revoked, or provisioned again, since this token was issued.</summary>
    public const string SessionRevoked = "session_revoked";

    /// <summary>401: the self-signed JWT breaks the contract or its signature does not verify.</summary>
    public const string DeviceJwtInvalid = "device_jwt_invalid";

    /// <summary>401: the self-signed JWT is not valid at the server's time; <c>params</c> carries that time.</summary>
    public const string DeviceJwtExpired = "device_jwt_expired";

    /// <summary>401: a self-signed JWT with this <c>jti</c> was accepted before.</summary>
    public const string DeviceJwtReplayed = "device_jwt_replayed";

    /// <summary>401: no device is enrolled with this public key.</summary>
    public const string DeviceKeyUnknown = "device_key_unknown";

    /// <summary>401: the provisioning token is unknown.</summary>
    public const string ProvisioningTokenInvalid = "provisioning_token_invalid";

    /// <summary>401: the provisioning token is older than five minutes.</summary>
    public const string ProvisioningTokenExpired = "provisioning_token_expired";

    /// <summary>401: the provisioning token has done its one job.</summary>
    public const string ProvisioningTokenUsed = "provisioning_token_used";

    /// <summary>403: this operation needs a token bound to one device.</summary>
    public const string ProvisioningTokenUnbound = "provisioning_token_unbound";

    /// <summary>404: there is no such thing, or it belongs to somebody else.</summary>
    public const string ResourceNotFound = "resource_not_found";

    /// <summary>404: the path is none of this server's.</summary>
    public const string RouteNotFound = "route_not_found";

    /// <summary>405: the path exists, not with this method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>409: a device of this name has a key already; reprovision it with a token bound to it.</summary>
    public const string DeviceAlreadyProvisioned = "device_already_provisioned";

    /// <summary>409: another device is enrolled with this public key.</summary>
    public const string PublicKeyTaken = "public_key_taken";

    /// <summary>413: a body or a config is larger than this server takes.</summary>
    public const string TooLarge = "too_large";

    /// <summary>416: the asked range lies outside the content.</summary>
    public const string RangeNotSatisfiable = "range_not_satisfiable";

    /// <summary>429: more than this server takes from one device; wait as <c>Retry-After</c> says.</summary>
    public const string TooManyRequests = "too_many_requests";

    /// <summary>Any other refusal by the HTTP server itself.</summary>
    public const string RequestRefused = "request_refused";

    /// <summary>500: our fault.</summary>
    public const string InternalServerError = "internal_server_error";
}
