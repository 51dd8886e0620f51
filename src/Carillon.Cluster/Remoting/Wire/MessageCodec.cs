using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Carillon.Cluster;

/// <summary>
/// The bytes of a message on a lane: JSON, <c>[target, tag, body]</c>. The target is the name or the number of the
/// actor; references inside the body are addresses. Safe to use from any thread.
/// </summary>
internal sealed class MessageCodec
{
    private const int MaxDepth = 32;

    /// <summary>A buffer that a large message has grown is not kept.</summary>
    private const int MaxKept = 1024 * 1024;

    private static readonly JsonWriterOptions WriterOptions =
        new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? Buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? Writer;

    private readonly MessageConverter _messages;
    private readonly JsonSerializerOptions _options;

    public MessageCodec(RemoteActors actors, IReadOnlyList<WireList> lists)
    {
        Types = new WireTypes(lists);
        _messages = new MessageConverter(Types);
        _options = new JsonSerializerOptions
        {
            MaxDepth = MaxDepth,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepWhatIsRead } },
            Converters = { _messages, new AddressConverter(actors) },
        };
        foreach (var converter in lists.SelectMany(static list => list.Converters))
        {
            _options.Converters.Add(converter);
        }

        _options.MakeReadOnly();
    }

    public WireTypes Types { get; }

    /// <summary>The bytes of a message.</summary>
    /// <exception cref="UnlistedMessageException">It, or one inside it, is not listed.</exception>
    /// <exception cref="ExportsFullException">It holds a reference, and as many as may be are known already.</exception>
    public byte[] Encode(in RemoteAddress target, object message)
    {
        var buffer = Buffer ??= new ArrayBufferWriter<byte>(1024);
        var writer = Writer ??= new Utf8JsonWriter(buffer, WriterOptions);
        try
        {
            writer.WriteStartArray();
            WriteTarget(writer, target);
            _messages.WriteTagged(writer, message, _options);
            writer.WriteEndArray();
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            if (buffer.Capacity > MaxKept)
            {
                (Buffer, Writer) = (null, null);
            }
            else
            {
                buffer.ResetWrittenCount();
                writer.Reset();
            }
        }
    }

    /// <summary>The message in some bytes, and whom it is for.</summary>
    /// <param name="bytes">May be anything: what is no message ends in an exception of any kind.</param>
    /// <param name="name">The name of the target, or null where it has a number.</param>
    /// <param name="number">The number of the target; 0 where it has a name.</param>
    public object Decode(ReadOnlySpan<byte> bytes, out string? name, out long number)
    {
        var reader = new Utf8JsonReader(bytes, ReaderOptions);
        Demand(reader.Read() && reader.TokenType == JsonTokenType.StartArray, "is no array");
        Demand(reader.Read(), "has no target");
        name = reader.TokenType == JsonTokenType.Number ? null : reader.GetString();
        number = name is null ? reader.GetInt64() : 0;
        Demand(reader.Read(), "has no tag");
        var message = _messages.ReadTagged(ref reader, _options);
        Demand(reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read(), "goes on after its body");
        return message;
    }

    private static void WriteTarget(Utf8JsonWriter writer, in RemoteAddress target)
    {
        if (target.Name is { } name)
        {
            writer.WriteStringValue(name);
        }
        else
        {
            writer.WriteNumberValue(target.Number);
        }
    }

    private static void Demand(bool holds, string problem)
    {
        if (!holds)
        {
            throw new JsonException($"The message {problem}.");
        }
    }

    /// <summary>What is worked out from the rest does not travel.</summary>
    private static void KeepWhatIsRead(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i] is { Set: null, AssociatedParameter: null })
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}
