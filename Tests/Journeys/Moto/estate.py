"""Plays an account in which Proton left stacks behind, and writes down every call that reaches it.

usage: estate.py PORT CALLS ENVIRONMENTS SERVICES CHANGED

Makes ENVIRONMENTS stacks of environments, and two instances of each of SERVICES services; the first CHANGED of the
environments are not as their template renders them. Then it prints "ready", and from there on each call's Action is a
line of the file CALLS.
"""

import io
import logging
import sys
from urllib.parse import parse_qs

import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
import threading

port, calls, environments, services, changed = int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6])
logging.getLogger("werkzeug").setLevel(logging.ERROR)
application = DomainDispatcherApplication(create_backend_app)
recording = threading.Event()


def counting(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    if recording.is_set():
        action = parse_qs(body.decode("utf-8", "replace")).get("Action", [environ["PATH_INFO"]])[0]
        with open(calls, "a", encoding="utf-8") as file:
            file.write(action + "\n")
    return application(environ, start_response)


server = make_server("127.0.0.1", port, counting, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = boto3.client(
    "cloudformation", region_name="eu-west-1", endpoint_url=f"http://127.0.0.1:{port}",
    aws_access_key_id="test", aws_secret_access_key="test")
ARN = "arn:aws:proton:eu-west-1:123456789012:"


def make(name, body, tags):
    tags = {"proton:account": "123456789012", **tags}
    client.create_stack(
        StackName=f"AWSProton-{name}-cloudformation--ABCDEFGHIJ", TemplateBody=body,
        Tags=[{"Key": key, "Value": value} for key, value in tags.items()])


def environment(number):
    name = f"env-{number:03}"
    purpose = f"purpose {number % 7}" if number >= changed else f"purpose {number}\"\n      KmsMasterKeyId: \"alias/outside"
    make(
        name,
        f"""Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: "{name}: {purpose}"
Outputs:
  TopicName:
    Value: !GetAtt Topic.TopicName
""",
        {"proton:template": ARN + "environment-template/topics", "proton:environment": ARN + "environment/" + name})
    return name


def instance(service, name, place, number):
    answer = client.describe_stacks(StackName=f"AWSProton-{place}-cloudformation--ABCDEFGHIJ")
    topic = answer["Stacks"][0]["Outputs"][0]["OutputValue"]
    make(
        f"{service}-{name}",
        f"""Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: {number % 90}
      Tags:
        - Key: topic
          Value: "{topic}"
        - Key: service
          Value: "{service}"
Outputs:
  QueueName:
    Value: !GetAtt Queue.QueueName
""",
        {
            "proton:template": ARN + "service-template/queue", "proton:environment": ARN + "environment/" + place,
            "proton:service": ARN + "service/" + service,
            "proton:service-instance": ARN + "service/" + service + "/service-instance/" + name,
        })


names = [environment(number) for number in range(environments)]
for number in range(services):
    for name, place in (("dev", names[number % environments]), ("prod", names[(number + 1) % environments])):
        instance(f"svc-{number:03}", name, place, number)
recording.set()
print("ready", flush=True)
sys.stdin.read()
