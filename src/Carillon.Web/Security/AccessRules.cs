using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Carillon.Web;

/// <summary>
/// Decides whether a request is let through. Where the host has put an authorization policy on the endpoint, that
/// policy has decided before, and tokens are not asked for; the rules against foreign pages hold all the same.
/// </summary>
internal sealed class AccessRules
{
    private const string Scheme = "Bearer ";
    private readonly List<(Caller Caller, byte[] Digest)> _tokens = [];
    private readonly bool _allowAnonymousLoopback;

    /// <summary>Makes the rules.</summary>
    /// <exception cref="InvalidOperationException">A token's hash cannot be read.</exception>
    public AccessRules(IOptions<SecurityOptions> options)
    {
        _allowAnonymousLoopback = options.Value.AllowAnonymousLoopback;
        foreach (var token in options.Value.Tokens)
        {
            if (!AccessToken.TryReadHash(token.Hash, out var digest))
            {
                throw new InvalidOperationException(StartupChecks.BadHash(token));
            }

            _tokens.Add((new Caller(token.Name, token.Role), digest));
        }
    }

    /// <summary>Lets a request through or refuses it.</summary>
    /// <returns>Who sent it; null where the endpoint is open to everyone.</returns>
    /// <exception cref="RequestException">401, 403 or 415: it is refused.</exception>
    public Caller? Admit(HttpContext http, EndpointAccess access)
    {
        var caller = access.Role is { } role ? Identify(http, role) : null;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            RefuseForeignPages(http.Request);
        }

        return caller;
    }

    private Caller Identify(HttpContext http, Role required)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            return new Caller(http.User.Identity?.Name ?? "host", Role.Admin);
        }

        var caller = Authenticate(http);
        if (caller.Role < required)
        {
            throw Lacks(caller, required);
        }

        return caller;
    }

    /// <summary>The refusal of a caller whose role is not enough.</summary>
    public static RequestException Lacks(Caller caller, Role required)
    {
        var (has, needs) = (EnumWords<Role>.Of(caller.Role), EnumWords<Role>.Of(required));
        return new RequestException(
            StatusCodes.Status403Forbidden, $"'{caller.Name}' is {has}; this needs the role {needs}");
    }

    private Caller Authenticate(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return _allowAnonymousLoopback && Loopback.IsFromThisMachine(http)
                ? new Caller("anonymous (loopback)", Role.Admin)
                : throw Unauthorized("no token: send the header Authorization: Bearer TOKEN");
        }

        var value = header.Count == 1 ? header[0] ?? string.Empty : string.Empty;
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Unauthorized("the Authorization header is not 'Bearer TOKEN'");
        }

        return Find(value[Scheme.Length..].Trim()) ?? throw Unauthorized("the token is not known here");
    }

    private Caller? Find(string token)
    {
        var digest = AccessToken.Digest(token);
        Caller? found = null;
        foreach (var (caller, known) in _tokens)
        {
            // Every token is compared, whether or not one has matched, so that time tells nothing.
            if (CryptographicOperations.FixedTimeEquals(digest, known))
            {
                found = caller;
            }
        }

        return found;
    }

    /// <summary>A page of another origin cannot send these without asking first, and nobody answers yes.</summary>
    private static void RefuseForeignPages(HttpRequest request)
    {
        if (request.Headers["X-Carillon"] is not ["1"])
        {
            throw new RequestException(
                StatusCodes.Status403Forbidden, "the header 'X-Carillon: 1' is missing; every change needs it");
        }

        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site is not ["same-origin"])
        {
            throw new RequestException(
                StatusCodes.Status403Forbidden, "Sec-Fetch-Site is not 'same-origin': other sites change nothing");
        }

        var isEmptyDelete = HttpMethods.IsDelete(request.Method)
            && request is { ContentType: null, ContentLength: null or 0 };
        if (!isEmptyDelete && !IsJson(request.ContentType))
        {
            throw new RequestException(
                StatusCodes.Status415UnsupportedMediaType, "the Content-Type is not application/json");
        }
    }

    private static bool IsJson(string? contentType)
    {
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (type.Charset.Length == 0
                || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private static RequestException Unauthorized(string message)
    {
        return new RequestException(StatusCodes.Status401Unauthorized, message);
    }
}
