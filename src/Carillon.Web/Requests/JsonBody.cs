using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Carillon.Web;

/// <summary>Reads the JSON object that a request carries, within bounds.</summary>
internal static class JsonBody
{
    /// <summary>The largest body of most requests, in bytes: 1 MiB.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>The deepest nesting. Answers nest what was sent a few levels deeper.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads the body; no body counts as an empty object.</summary>
    /// <param name="http">The request.</param>
    /// <param name="maxLength">The largest body, in bytes.</param>
    /// <exception cref="RequestException">400 or 413.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext http, int maxLength = MaxLength)
    {
        var bytes = await ReadBytesAsync(http, maxLength);
        if (bytes.Length == 0)
        {
            return Empty;
        }

        if (!Utf8.IsValid(bytes))
        {
            throw RequestException.Bad("the body is not UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw RequestException.Bad("the body is not a JSON object");
        }
        catch (JsonException error)
        {
            throw RequestException.Bad($"the body is not JSON: {error.Message}");
        }
        catch (InvalidOperationException)
        {
            throw RequestException.Bad("the body has a member name with half of a surrogate pair");
        }
    }

    private static async Task<byte[]> ReadBytesAsync(HttpContext http, int maxLength)
    {
        if (http.Request.ContentLength > maxLength)
        {
            throw TooLarge(maxLength);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxLength;
        }

        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is var read and > 0)
            {
                if (body.Length + read > maxLength)
                {
                    throw TooLarge(maxLength);
                }

                body.Write(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.ToArray();
    }

    private static RequestException TooLarge(int maxLength)
    {
        return new RequestException(StatusCodes.Status413PayloadTooLarge, $"the body is larger than {maxLength} bytes");
    }
}
