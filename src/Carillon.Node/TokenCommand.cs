using System.Security.Cryptography;
using Carillon.Web;

namespace Carillon.Node;

/// <summary>Makes an access token: its text for the caller, its hash for the configuration.</summary>
internal static class TokenCommand
{
    public static async Task<int> MakeAsync(string name, Role role, TextWriter output, TextWriter errors)
    {
        var token = AccessToken.Make(RandomNumberGenerator.GetBytes);
        await output.WriteLineAsync(token);
        await errors.WriteLineAsync("The token above is shown this once. Add this line to the configuration of every node:");
        await errors.WriteLineAsync(
            $$"""carillon.security.tokens += { name = "{{name}}", role = {{role.ToString().ToLowerInvariant()}}, hash = "{{AccessToken.Hash(token)}}" }""");
        return ExitCode.Ok;
    }
}
