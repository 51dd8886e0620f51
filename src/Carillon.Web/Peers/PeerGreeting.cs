using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Carillon.Cluster;

namespace Carillon.Web;

/// <summary>What a node says when it connects to another one, in a header.</summary>
/// <param name="Hello">The lane.</param>
/// <param name="Nonce">Chosen by chance for this connection.</param>
internal sealed record PeerGreeting(LaneHello Hello, string Nonce)
{
    /// <summary>The greeting: base64url of JSON.</summary>
    public const string Header = "Carillon-Peer";

    /// <summary>Its proof; in the answer that of the other side.</summary>
    public const string ProofHeader = "Carillon-Peer-Proof";

    private const int MaxLength = 4_096;

    private static readonly JsonSerializerOptions Json = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 4 };

    /// <summary>The text of the header.</summary>
    public override string ToString()
    {
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, Json));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PeerGreeting? greeting)
    {
        greeting = null;
        if (text is null or { Length: 0 or > MaxLength })
        {
            return false;
        }

        try
        {
            greeting = JsonSerializer.Deserialize<PeerGreeting>(Base64Url.DecodeFromChars(text), Json);
            return greeting is not null;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return false;
        }
    }
}
