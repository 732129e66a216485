// heddle gen: specs/customers.yaml. DO NOT EDIT.
import type { Answer, BareOperation, Operation, PathClient, StatusCode } from "heddle";
import type { components, operations, paths } from "./schema.d.ts";

export interface CustomersClient {
  /** List customers. `GET /customers` */
  readonly listCustomers: BareOperation<
    ListCustomersInput,
    components["schemas"]["Customer"][],
    | Answer<200, components["schemas"]["Customer"][]>
    | Answer<Exclude<StatusCode, 200>, components["schemas"]["Problem"]>
  >;

  /** Get one customer. `GET /customers/{id}` */
  readonly getCustomer: Operation<
    GetCustomerInput,
    components["schemas"]["Customer"],
    | Answer<200, components["schemas"]["Customer"]>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** Change some properties of a customer. `PATCH /customers/{id}` */
  readonly updateCustomer: Operation<
    UpdateCustomerInput,
    components["schemas"]["Customer"],
    | Answer<200, components["schemas"]["Customer"]>
    | Answer<404 | 422, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404 | 422>, components["schemas"]["Problem"]>
  >;

  /** List the addresses of a customer, the preferred one first. `GET /customers/{id}/addresses` */
  readonly listAddresses: Operation<
    ListAddressesInput,
    components["schemas"]["Address"][],
    | Answer<200, components["schemas"]["Address"][]>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** Add an address, as the form of the account page sends it. `POST /customers/{id}/addresses` */
  readonly addAddress: Operation<
    AddAddressInput,
    components["schemas"]["Address"],
    | Answer<201, components["schemas"]["Address"]>
    | Answer<422, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 201 | 422>, components["schemas"]["Problem"]>
  >;

  /** Upload a picture of the customer. `PUT /customers/{id}/photo` */
  readonly putPhoto: Operation<
    PutPhotoInput,
    undefined,
    | Answer<204, undefined>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 204 | 404>, components["schemas"]["Problem"]>
  >;

  /** openapi-fetch over the same pipeline. */
  readonly client: PathClient<paths>;
}

export interface ListCustomersInput {
  readonly query?: operations["listCustomers"]["parameters"]["query"] | undefined;
}

export interface GetCustomerInput {
  readonly path: operations["getCustomer"]["parameters"]["path"];
}

export interface UpdateCustomerInput {
  readonly path: operations["updateCustomer"]["parameters"]["path"];
  readonly body: components["schemas"]["CustomerPatch"];
}

export interface ListAddressesInput {
  readonly path: operations["listAddresses"]["parameters"]["path"];
}

export interface AddAddressInput {
  readonly path: operations["addAddress"]["parameters"]["path"];
  readonly body: operations["addAddress"]["requestBody"]["content"]["application/x-www-form-urlencoded"];
}

export interface PutPhotoInput {
  readonly path: operations["putPhoto"]["parameters"]["path"];
  readonly body: operations["putPhoto"]["requestBody"]["content"]["multipart/form-data"];
}
