using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Carillon.Web;

/// <summary>How every answer is written.</summary>
internal static class WebJson
{
    /// <summary>snake_case names and enum words, RFC 3339 UTC times, short durations, missing values as null.</summary>
    public static readonly JsonSerializerOptions Options = MakeOptions();

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),

            // Payloads may nest as deep as a JSON document by default, and stand a few levels inside an answer.
            MaxDepth = 128,
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
                new InstantConverter(),
                new UtcTimeConverter(),
                new DurationConverter(),
                new RawJsonConverter(),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
