/// A bundle whose schema uses every keyword that forms follow.
struct EveryKeywordBundle: WrittenBundle {
    let directory: String

    static let keywords = [
        "type", "format", "title", "description", "default", "example", "enum", "nullable", "required", "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "items",
        "minItems", "maxItems", "uniqueItems", "properties", "additionalProperties", "minProperties", "maxProperties",
        "oneOf", "anyOf", "allOf", "$ref", "readOnly", "writeOnly", "deprecated", "externalDocs", "x-secret",
        "x-multiline", "x-placeholder", "x-hint", "x-unit", "x-enum-labels", "x-message", "x-group", "x-order",
    ]

    static let schema = """
        schema:
          format:
            openapi: "3.0.0"
          environment_input_type: "Shop"
          types:
            Shop:
              type: object
              title: A shop
              description: Everything that a form can ask.
              required: [slug, size, listeners, source, when]
              properties:
                notes:
                  type: string
                  title: Notes
                  x-multiline: true
                  description: What the next person should know.
                slug:
                  type: string
                  title: Slug
                  x-order: 1
                  minLength: 3
                  maxLength: 12
                  pattern: '^[a-z][a-z-]*$'
                  x-placeholder: my-shop
                  x-hint: Small letters and hyphens.
                  x-message:
                    pattern: Slug must be small letters and hyphens.
                  externalDocs:
                    url: https://example.com/slugs
                size:
                  type: string
                  title: Size
                  x-order: 2
                  enum: [s, m, l]
                  x-enum-labels: {s: Small, m: Medium, l: Large}
                region:
                  type: string
                  title: Region
                  enum: [eu-west-1, eu-west-2, eu-west-3, eu-north-1, us-east-1, us-west-2]
                  default: eu-west-1
                public:
                  type: boolean
                  title: Public
                debug:
                  type: boolean
                  title: Debug
                  default: false
                audited:
                  type: boolean
                  title: Audited
                  nullable: true
                replicas:
                  type: integer
                  title: Replicas
                  minimum: 1
                  maximum: 9
                  default: 2
                memory:
                  type: integer
                  title: Memory
                  minimum: 512
                  maximum: 65536
                  multipleOf: 512
                  x-unit: MiB
                  x-group: Capacity
                ratio:
                  type: number
                  title: Ratio
                  minimum: 0
                  exclusiveMinimum: true
                  maximum: 1
                  exclusiveMaximum: true
                  example: 0.25
                  x-group: Capacity
                limit:
                  type: integer
                  title: Limit
                  nullable: true
                  default: 10
                day:
                  type: string
                  title: Day
                  format: date
                when:
                  type: string
                  title: When
                  format: date-time
                icon:
                  type: string
                  title: Icon
                  format: byte
                password:
                  type: string
                  title: Admin password
                  format: password
                pin:
                  type: string
                  title: PIN
                  writeOnly: true
                key:
                  type: string
                  title: Signing key
                  x-secret: true
                arn:
                  type: string
                  title: ARN
                  readOnly: true
                colour:
                  type: string
                  title: Colour
                  deprecated: true
                zones:
                  type: array
                  title: Zones
                  uniqueItems: true
                  items: {type: string, enum: [a, b, c]}
                origins:
                  type: array
                  title: Origins
                  minItems: 1
                  maxItems: 3
                  items: {type: string, format: hostname}
                listeners:
                  type: array
                  title: Listeners
                  minItems: 1
                  items: {$ref: '#/Listener'}
                variables:
                  type: object
                  title: Variables
                  minProperties: 1
                  maxProperties: 5
                  additionalProperties: {type: string}
                settings:
                  type: object
                  title: Settings
                  additionalProperties: true
                queues:
                  type: object
                  title: Queues
                  additionalProperties:
                    type: object
                    properties:
                      delay: {type: integer, title: Delay, x-unit: seconds}
                source:
                  title: Source
                  oneOf:
                    - title: Git repository
                      type: object
                      required: [kind, repo]
                      properties:
                        kind: {type: string, enum: [git]}
                        repo: {type: string, title: Repository}
                        branch: {type: string, title: Branch, default: main}
                    - title: Container image
                      type: object
                      required: [kind, image]
                      properties:
                        kind: {type: string, enum: [image]}
                        image: {type: string, title: Image}
                notice:
                  title: Notice
                  anyOf:
                    - title: By mail
                      type: object
                      required: [mail]
                      properties:
                        mail: {type: string, title: Mail, format: email}
                    - title: By call
                      type: object
                      required: [phone]
                      properties:
                        phone: {type: string, title: Phone}
                database:
                  title: Database
                  allOf:
                    - {$ref: '#/Storage'}
                    - type: object
                      properties:
                        engine: {type: string, title: Engine, enum: [mysql, postgres]}
                network:
                  type: object
                  title: Network
                  properties:
                    subnets:
                      type: object
                      title: Subnets
                      properties:
                        private:
                          type: object
                          title: Private subnets
                          properties:
                            cidr: {type: string, title: CIDR}
                            nat: {type: boolean, title: NAT}
                anything:
                  title: Anything
            Listener:
              type: object
              required: [port]
              properties:
                name: {type: string, title: Name}
                port: {type: integer, title: Port, minimum: 1, maximum: 65535}
                protocol: {type: string, title: Protocol, enum: [http, https], default: http}
            Storage:
              type: object
              properties:
                gib: {type: integer, title: Storage, minimum: 20, maximum: 1000, x-unit: GiB}
        """

    func write() throws {
        try put(
            "schema/schema.yaml", Self.schema.replacing("'#/", with: "'#/schema/types/"))
        try put(
            "infrastructure/manifest.yaml",
            """
            infrastructure:
              templates:
                - file: "cloudformation.yaml"
                  rendering_engine: jinja
                  template_language: cloudformation
            """)
        try put(
            "infrastructure/cloudformation.yaml",
            """
            AWSTemplateFormatVersion: '2010-09-09'
            Resources:
              Jobs:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: "{{ environment.inputs.slug }}-{{ environment.inputs.size }}"
            Outputs:
              Url:
                Value: !Ref Jobs
            """)
    }
}
